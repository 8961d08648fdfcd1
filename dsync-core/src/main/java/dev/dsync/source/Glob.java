package dev.dsync.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One wildcard pattern as git reads them: {@code *} and {@code ?} match anything but '/', {@code [a-z]} one character,
 * {@code **} between slashes any number of folders, {@code \} makes the next character an ordinary one. Matches whole
 * texts, by code point. Immutable.
 *
 * <p>Matching keeps the set of all places in the pattern where the text so far may have led, and never goes back: it
 * takes at most (length of pattern) x (length of text) steps, whatever the pattern.
 */
final class Glob {

    /** A step through the text: which characters it takes, and how many of them. */
    private sealed interface Step {

        boolean takes(int codePoint);

        /** Whether it takes any number of characters rather than one. */
        default boolean repeats() {
            return false;
        }
    }

    private record Literal(int wanted) implements Step {
        @Override
        public boolean takes(int codePoint) {
            return codePoint == wanted;
        }
    }

    private record OneOf(CharClass allowed) implements Step {
        @Override
        public boolean takes(int codePoint) {
            return allowed.contains(codePoint);
        }
    }

    private record WithinName(boolean repeats) implements Step {
        @Override
        public boolean takes(int codePoint) {
            return codePoint != '/';
        }
    }

    private record AcrossFolders() implements Step {
        @Override
        public boolean takes(int codePoint) {
            return true;
        }

        @Override
        public boolean repeats() {
            return true;
        }
    }

    /** Stands before "any characters, then '/'" and allows to leave these two steps out. */
    private record Skip() implements Step {
        static final int LEFT_OUT = 2;

        @Override
        public boolean takes(int codePoint) {
            return false;
        }
    }

    private static final String SPECIAL = "*?[\\";

    private final String prefix;
    private final Step[] steps;
    private final Optional<String> plainSuffix;

    private Glob(String prefix, Step[] steps, Optional<String> plainSuffix) {
        this.prefix = prefix;
        this.steps = steps;
        this.plainSuffix = plainSuffix;
    }

    /** The pattern, or nothing if it is malformed: such a pattern matches no text. */
    static Optional<Glob> parse(String pattern) {
        int plain = plainLength(pattern, 0);
        String rest = pattern.substring(plain);
        boolean starAndPlain = rest.startsWith("*") && plainLength(rest, 1) == rest.length();
        Optional<String> suffix = starAndPlain ? Optional.of(rest.substring(1)) : Optional.empty();
        return new Parser(rest).parse().map(steps -> new Glob(pattern.substring(0, plain), steps, suffix));
    }

    private static int plainLength(String pattern, int from) {
        int end = from;
        while (end < pattern.length() && SPECIAL.indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    boolean matches(String text) {
        if (!text.startsWith(prefix)) {
            return false;
        }
        // Nearly all patterns in use are a plain name or like "*.log".
        if (steps.length == 0) {
            return text.length() == prefix.length();
        }
        if (plainSuffix.isPresent()) {
            return matchesSuffix(text, plainSuffix.get());
        }
        return matchesSteps(text);
    }

    private boolean matchesSuffix(String text, String suffix) {
        int suffixStart = text.length() - suffix.length();
        int slash = text.indexOf('/', prefix.length());
        return suffixStart >= prefix.length() && text.endsWith(suffix) && (slash < 0 || slash >= suffixStart);
    }

    private boolean matchesSteps(String text) {
        boolean[] current = new boolean[steps.length + 1];
        current[0] = true;
        int codePoint;
        for (int i = prefix.length(); i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            current = after(codePoint, current);
        }
        for (int i = 0; i < steps.length; i++) {
            passOn(i, current);
        }
        return current[steps.length];
    }

    private boolean[] after(int codePoint, boolean[] current) {
        boolean[] next = new boolean[current.length];
        for (int i = 0; i < steps.length; i++) {
            passOn(i, current);
            if (current[i] && steps[i].takes(codePoint)) {
                next[steps[i].repeats() ? i : i + 1] = true;
            }
        }
        return next;
    }

    /** Marks what can be reached from step {@code i} without taking a character; it always lies further on. */
    private void passOn(int i, boolean[] reached) {
        if (reached[i] && steps[i].repeats()) {
            reached[i + 1] = true;
        }
        if (reached[i] && steps[i] instanceof Skip) {
            reached[i + 1] = true;
            reached[i + 1 + Skip.LEFT_OUT] = true;
        }
    }

    /** Reads what follows the plain prefix of a pattern. */
    private static final class Parser {

        private final String pattern;
        private final List<Step> steps = new ArrayList<>();
        private int at;
        private int foldersEnd = -1;

        Parser(String pattern) {
            this.pattern = pattern;
        }

        Optional<Step[]> parse() {
            while (at < pattern.length()) {
                if (!parseStep()) {
                    return Optional.empty();
                }
            }
            return Optional.of(steps.toArray(Step[]::new));
        }

        private boolean parseStep() {
            switch (pattern.charAt(at)) {
                case '*' -> parseStars();
                case '?' -> {
                    steps.add(new WithinName(false));
                    at++;
                }
                case '[' -> {
                    return parseClass();
                }
                case '\\' -> {
                    at++;
                    return at < pattern.length() && parseLiteral();
                }
                default -> parseLiteral();
            }
            return true;
        }

        private boolean parseLiteral() {
            int codePoint = pattern.codePointAt(at);
            steps.add(new Literal(codePoint));
            at += Character.charCount(codePoint);
            return true;
        }

        private boolean parseClass() {
            Optional<CharClass.Parsed> parsed = CharClass.parse(pattern, at);
            parsed.ifPresent(found -> {
                steps.add(new OneOf(found.value()));
                at = found.end();
            });
            return parsed.isPresent();
        }

        /**
         * Two stars or more cross folders only if slashes (or an end) enclose them; otherwise they are one star. Like
         * git, this also takes the end of a pattern's plain beginning for a slash: {@code a**}{@code /b} matches a/x/b.
         */
        private void parseStars() {
            int first = at;
            while (at < pattern.length() && pattern.charAt(at) == '*') {
                at++;
            }
            boolean several = at - first > 1;
            boolean atStart = first == 0 || pattern.charAt(first - 1) == '/';
            boolean slashNext = pattern.startsWith("/", at);
            boolean atEnd = at == pattern.length() || slashNext || pattern.startsWith("\\/", at);
            if (!several || !atStart || !atEnd) {
                steps.add(new WithinName(true));
                return;
            }
            if (slashNext) {
                at++;
                parseFolders();
            } else {
                steps.add(new AcrossFolders());
            }
        }

        /** Any number of folders, each with its slash; twice in a row says no more than once. */
        private void parseFolders() {
            if (foldersEnd != steps.size()) {
                steps.addAll(List.of(new Skip(), new AcrossFolders(), new Literal('/')));
                foldersEnd = steps.size();
            }
        }
    }
}
