package dev.dsync.cli;

import java.util.Iterator;
import java.util.List;

/**
 * A command line that needs no parser, such as {@code --home DIR --json ls photos}: each word is one option spelled out,
 * or what a command takes without a name. To have picocli look at the annotations of one command takes longer than to list
 * ten thousand files.
 *
 * <p>It knows no failures. Whatever it does not understand, the parser will, or will say what is wrong with it.
 */
final class PlainWords {

    private static final String HOME = "--home";

    private final List<String> words;

    PlainWords(List<String> words) {
        this.words = words;
    }

    /** Sets the options and the task by the words; false, with some of them set, if that is a parser's work. */
    boolean set(GlobalOptions options, PlainTask task) {
        boolean named = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            boolean option = word.startsWith("-");
            if (word.isBlank()) {
                return false;
            }
            if (word.equals(HOME)) {
                if (!rest.hasNext() || !options.takesHome(rest.next())) {
                    return false;
                }
            } else if (!option && !named) {
                named = true;
            } else if (!(option && options.takes(word)) && !(named && task.takes(word))) {
                return false;
            }
        }
        return named;
    }
}
