package dev.dsync.source;

import java.util.Optional;
import java.util.stream.Stream;

/** One line of a list of exclude rules. Immutable. */
final class ExcludeRule {

    private final Glob glob;
    private final boolean keeps;
    private final boolean foldersOnly;
    private final boolean anyDepth;

    private ExcludeRule(Glob glob, boolean keeps, boolean foldersOnly, boolean anyDepth) {
        this.glob = glob;
        this.keeps = keeps;
        this.foldersOnly = foldersOnly;
        this.anyDepth = anyDepth;
    }

    /** The rule of a line, or nothing if the line is empty, a comment or a pattern that can match nothing. */
    static Optional<ExcludeRule> parse(String line) {
        if (line.startsWith("#")) {
            return Optional.empty();
        }
        String trimmed = withoutTrailingSpaces(line);
        boolean keeps = trimmed.startsWith("!");
        String body = keeps ? trimmed.substring(1) : trimmed;
        boolean foldersOnly = body.endsWith("/");
        String path = foldersOnly ? body.substring(0, body.length() - 1) : body;
        boolean anyDepth = path.indexOf('/') < 0;
        String pattern = path.startsWith("/") ? path.substring(1) : path;
        if (!isPath(pattern)) {
            return Optional.empty();
        }
        return Glob.parse(pattern).map(glob -> new ExcludeRule(glob, keeps, foldersOnly, anyDepth));
    }

    /** No path has a part without a name, nor one that stands for this folder or the one above. */
    private static boolean isPath(String pattern) {
        return Stream.of(pattern.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /** Spaces at the end do not count, unless a backslash stands before them. */
    private static String withoutTrailingSpaces(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        int backslashes = 0;
        while (backslashes < end && line.charAt(end - 1 - backslashes) == '\\') {
            backslashes++;
        }
        boolean firstSpaceEscaped = backslashes % 2 == 1 && end < line.length();
        return line.substring(0, firstSpaceEscaped ? end + 1 : end);
    }

    /** Whether a match means "keep" rather than "exclude". */
    boolean keeps() {
        return keeps;
    }

    /** Whether the rule speaks of this path, given from the folder of the rules. */
    boolean matches(String path, String name, FileKind kind) {
        return (!foldersOnly || kind == FileKind.FOLDER) && glob.matches(anyDepth ? name : path);
    }
}
