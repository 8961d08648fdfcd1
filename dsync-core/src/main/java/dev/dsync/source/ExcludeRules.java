package dev.dsync.source;

import java.util.List;
import java.util.Optional;

/**
 * A list of rules that say what is left out, in the syntax of a {@code .gitignore}: one pattern a line, '#' starts a
 * comment, '!' takes back, a '/' at the start or inside ties the pattern to the folder of the list, a '/' at the end
 * means folders only, {@code *}, {@code ?}, {@code [a-z]}, {@code **}; the last rule that matches wins, and nothing
 * beneath an excluded folder can be taken back. Unlike git, which knows only bytes, {@code ?} and {@code [...]} stand
 * for one Unicode character. A malformed pattern matches nothing. Immutable.
 */
public final class ExcludeRules {

    /** Rules that exclude nothing. */
    public static final ExcludeRules NONE = new ExcludeRules(List.of());

    /** What one list says of a path. */
    enum Verdict {
        EXCLUDED,
        KEPT,
        SILENT
    }

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final List<ExcludeRule> rules;

    private ExcludeRules(List<ExcludeRule> rules) {
        this.rules = rules;
    }

    /** The rules in these lines, one each. */
    public static ExcludeRules of(List<String> lines) {
        return new ExcludeRules(
                lines.stream().map(ExcludeRule::parse).flatMap(Optional::stream).toList());
    }

    /** The rules in the text of a file; its lines end in LF or CR LF. */
    public static ExcludeRules parse(String text) {
        String unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        // The line feed added makes the last line end like all others.
        return of(List.of((unmarked + "\n").split("\r?\n")));
    }

    /** Whether these rules alone, as a list in the synced folder itself, leave out {@code path} or a folder above it. */
    public boolean excludes(RelativePath path, FileKind kind) {
        String value = path.value();
        for (int slash = value.indexOf('/'); slash >= 0; slash = value.indexOf('/', slash + 1)) {
            RelativePath folder = RelativePath.of(value.substring(0, slash));
            if (verdict(folder.value(), folder.name(), FileKind.FOLDER) == Verdict.EXCLUDED) {
                return true;
            }
        }
        return !path.isRoot() && verdict(value, path.name(), kind) == Verdict.EXCLUDED;
    }

    /** Whether there is no rule here. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** What the last matching rule says of {@code path}, given from the folder of this list. */
    Verdict verdict(String path, String name, FileKind kind) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).matches(path, name, kind)) {
                return rules.get(i).keeps() ? Verdict.KEPT : Verdict.EXCLUDED;
            }
        }
        return Verdict.SILENT;
    }
}
