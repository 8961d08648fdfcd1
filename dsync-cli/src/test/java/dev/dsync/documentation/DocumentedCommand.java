package dev.dsync.documentation;

import java.util.ArrayList;
import java.util.List;

/**
 * A {@code ./dsync} command that a document shows.
 *
 * @param document the document, relative to the project's folder
 * @param line where it stands in the document, the first line being 1
 * @param arguments what follows {@code ./dsync}, without quotes
 */
record DocumentedCommand(String document, int line, List<String> arguments) {

    /** What only a shell understands. A reader of Windows, and the test, have to do without. */
    private static final String SHELL_SYNTAX = "|&;<>()$`\\*?[]{}~!";

    DocumentedCommand {
        arguments = List.copyOf(arguments);
    }

    /**
     * Reads a command line: words, quotes of both kinds, and a comment from a {@code #} that starts a word on.
     *
     * @throws IllegalArgumentException if the line needs a shell to be understood
     */
    static DocumentedCommand parse(String document, int line, String text) {
        List<String> words = words(text, document + ":" + line + ": ");
        return new DocumentedCommand(document, line, words.subList(1, words.size()));
    }

    private static List<String> words(String text, String where) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : text.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else if (c == '#' && !inWord) {
                break;
            } else if (SHELL_SYNTAX.indexOf(c) >= 0) {
                throw new IllegalArgumentException(where + "quote or avoid the " + c + " in: " + text);
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException(where + "a quote is left open in: " + text);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    @Override
    public String toString() {
        return document + ":" + line + ": ./dsync " + String.join(" ", arguments);
    }
}
