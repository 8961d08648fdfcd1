package dev.dsync.source;

import java.util.List;

/**
 * Picks files by where they lie, in the syntax of one line of a {@code .gitignore} in the synced folder: a pattern
 * without a '/' before its end matches names at any depth; one that matches a folder picks all files beneath it.
 * Immutable.
 */
public final class PathPattern {

    private final String text;
    private final ExcludeRules rules;

    private PathPattern(String text, ExcludeRules rules) {
        this.text = text;
        this.rules = rules;
    }

    /**
     * The pattern that {@code text} stands for.
     *
     * @throws IllegalArgumentException if it is a comment, takes back ('!'), or could never match; the message says
     *     which, as half a sentence
     */
    public static PathPattern parse(String text) {
        if (text.startsWith("!")) {
            throw new IllegalArgumentException("a pattern that picks files cannot begin with !");
        }
        ExcludeRules rules = ExcludeRules.of(List.of(text));
        if (text.indexOf('\n') >= 0 || rules.isEmpty()) {
            throw new IllegalArgumentException("a pattern that no path can match");
        }
        return new PathPattern(text, rules);
    }

    /** Whether it picks the file at {@code path}. */
    public boolean matches(RelativePath path) {
        return rules.excludes(path, FileKind.FILE);
    }

    @Override
    public String toString() {
        return text;
    }
}
