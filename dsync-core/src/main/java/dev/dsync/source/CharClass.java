package dev.dsync.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A bracket expression of a pattern, like {@code [a-z_]} or {@code [![:digit:]]}; never matches '/'. Immutable. */
final class CharClass {

    /** All code points from {@code low} to {@code high}, both included. */
    private record Range(int low, int high) {
        boolean contains(int codePoint) {
            return low <= codePoint && codePoint <= high;
        }
    }

    /** A class and the index of the first character behind it. */
    record Parsed(CharClass value, int end) {}

    /** The named classes of POSIX in the C locale: characters beyond ASCII belong to none. */
    private static final Map<String, List<Range>> NAMED = Map.ofEntries(
            Map.entry("alnum", ranges("09AZaz")),
            Map.entry("alpha", ranges("AZaz")),
            Map.entry("blank", ranges("  \t\t")),
            Map.entry("cntrl", ranges("\0\37\177\177")),
            Map.entry("digit", ranges("09")),
            Map.entry("graph", ranges("!~")),
            Map.entry("lower", ranges("az")),
            Map.entry("print", ranges(" ~")),
            Map.entry("punct", ranges("!/:@[`{~")),
            Map.entry("space", ranges("\t\r  ")),
            Map.entry("upper", ranges("AZ")),
            Map.entry("xdigit", ranges("09AFaf")));

    private final boolean negated;
    private final List<Range> ranges;

    private CharClass(boolean negated, List<Range> ranges) {
        this.negated = negated;
        this.ranges = List.copyOf(ranges);
    }

    private static List<Range> ranges(String bounds) {
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < bounds.length(); i += 2) {
            ranges.add(new Range(bounds.charAt(i), bounds.charAt(i + 1)));
        }
        return List.copyOf(ranges);
    }

    /** The class whose '[' stands at {@code start}, or nothing if it is malformed. */
    static Optional<Parsed> parse(String pattern, int start) {
        return new Parser(pattern, start).parse();
    }

    boolean contains(int codePoint) {
        return codePoint != '/' && negated != ranges.stream().anyMatch(range -> range.contains(codePoint));
    }

    private static final class Parser {

        private static final int NONE = -1;

        private final String pattern;
        private final List<Range> ranges = new ArrayList<>();
        private int at;
        // The last single character: a '-' behind it makes it the lower end of a range.
        private int previous = NONE;

        Parser(String pattern, int start) {
            this.pattern = pattern;
            this.at = start + 1;
        }

        Optional<Parsed> parse() {
            boolean negated = pattern.startsWith("!", at) || pattern.startsWith("^", at);
            if (negated) {
                at++;
            }
            int first = at;
            while (at < pattern.length()) {
                if (pattern.charAt(at) == ']' && at > first) {
                    return Optional.of(new Parsed(new CharClass(negated, ranges), at + 1));
                }
                if (!parseItem()) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }

        private boolean parseItem() {
            if (isRange()) {
                return parseRangeEnd();
            }
            if (pattern.startsWith("[:", at)) {
                int close = pattern.indexOf(']', at + 2);
                if (close < 0) {
                    return false;
                }
                if (close > at + 2 && pattern.charAt(close - 1) == ':') {
                    return parseNamed(close);
                }
            }
            previous = takeCharacter();
            return previous != NONE && ranges.add(new Range(previous, previous));
        }

        private boolean isRange() {
            return pattern.charAt(at) == '-'
                    && previous != NONE
                    && at + 1 < pattern.length()
                    && pattern.charAt(at + 1) != ']';
        }

        private boolean parseRangeEnd() {
            at++;
            int high = takeCharacter();
            boolean valid = high != NONE && ranges.add(new Range(previous, high));
            previous = NONE;
            return valid;
        }

        private boolean parseNamed(int close) {
            List<Range> named = NAMED.get(pattern.substring(at + 2, close - 1));
            at = close + 1;
            previous = NONE;
            return named != null && ranges.addAll(named);
        }

        /** The next character, one behind a backslash taken as it is; NONE at the end of the pattern. */
        private int takeCharacter() {
            if (pattern.charAt(at) == '\\') {
                at++;
            }
            if (at >= pattern.length()) {
                return NONE;
            }
            int codePoint = pattern.codePointAt(at);
            at += Character.charCount(codePoint);
            return codePoint;
        }
    }
}
