package dev.dsync.cli.settings;

import dev.dsync.source.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lists of patterns, each like a line of a {@code .gitignore}. In a list of one's own, a slip of the pen must not store
 * what was to be left out: so one that cannot be meant is refused.
 */
final class Patterns {

    /** Follows each text of a list of the file, where texts may hold commas and line feeds. */
    static final char END = '\0';

    /** As shells and some other programs have them; {@code {1F-2}} is only a name. */
    private static final Pattern ALTERNATIVES = Pattern.compile("(?<![\\[\\\\])\\{[^{}/]*,[^{}/]*}");

    private Patterns() {}

    /** A list is as it should be, but one of its patterns is not. */
    static final class SenselessException extends IllegalArgumentException {

        private static final long serialVersionUID = 1;

        SenselessException(String pattern, String why) {
            super("has \"" + pattern + "\", " + why);
        }
    }

    /**
     * The patterns in a text: each ended by {@link #END}; or on lines of their own, where empty ones and comments count
     * for nothing; or between commas, of which those inside brackets and braces belong to a pattern.
     *
     * @throws SenselessException if one of them cannot be meant
     */
    static List<String> read(String text) {
        List<String> patterns;
        if (text.indexOf(END) >= 0) {
            patterns = List.of(text.substring(0, text.length() - 1).split(String.valueOf(END), -1));
        } else if (text.indexOf('\n') >= 0) {
            patterns = text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } else {
            patterns = betweenCommas(text);
        }
        patterns.forEach(Patterns::requireSense);
        return patterns;
    }

    /** A pattern that picks files; throws as {@link #read} does if it is written as other programs have it. */
    static PathPattern one(String text) {
        requireNoAlternatives(text);
        return PathPattern.parse(text);
    }

    private static List<String> betweenCommas(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            } else {
                i = endOfUnit(text, i);
            }
        }
        parts.add(text.substring(start));
        return parts.stream().map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    /** Where the character, escape, bracket or brace that begins at {@code from} ends. */
    private static int endOfUnit(String text, int from) {
        int end = switch (text.charAt(from)) {
            case '\\' -> from + 1;
            // A closing bracket that comes first stands for itself.
            case '[' -> text.indexOf(']', text.startsWith("!", from + 1) ? from + 3 : from + 2);
            case '{' -> text.indexOf('}', from);
            default -> from;
        };
        return Math.max(end, from);
    }

    private static void requireSense(String pattern) {
        if (pattern.isBlank()) {
            throw new SenselessException(pattern, "which is empty: leave it out");
        }
        if (pattern.startsWith("#")) {
            throw new SenselessException(
                    pattern,
                    "which is a comment there: write [#]" + pattern.substring(1)
                            + " for a name that begins so, and comments outside of the quotes");
        }
        requireNoAlternatives(pattern);
        String positive = pattern.startsWith("!") ? pattern.substring(1) : pattern;
        try {
            PathPattern.parse(positive);
        } catch (IllegalArgumentException e) {
            throw new SenselessException(pattern, "which no path can match" + remedy(positive));
        }
    }

    private static void requireNoAlternatives(String pattern) {
        if (ALTERNATIVES.matcher(pattern).find()) {
            throw new SenselessException(
                    pattern,
                    "but braces stand for themselves: write one pattern for each, or [{] for the character itself");
        }
    }

    private static String remedy(String pattern) {
        if (Stream.of(pattern.split("/", -1)).anyMatch(part -> part.equals(".") || part.equals(".."))) {
            return ": patterns count from the synced folder, and have no part . or ..";
        }
        if (pattern.contains("//") || pattern.equals("/")) {
            return ": names stand between single slashes";
        }
        return pattern.indexOf('[') < 0 ? "" : ": close the bracket, or write [[] for the character itself";
    }
}
