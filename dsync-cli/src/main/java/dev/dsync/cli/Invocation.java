package dev.dsync.cli;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can be told from a command line before it is parsed: which command is called, so that only that one is made.
 *
 * @param command the first word that is no option
 * @param help whether help is wanted
 * @param version whether the version is wanted
 * @param json whether a program listens
 */
record Invocation(Optional<String> command, boolean help, boolean version, boolean json) {

    /** Options before the command that take the next word as their value. */
    private static final Set<String> WITH_VALUE = Set.of("--home");

    static Invocation of(List<String> arguments) {
        List<String> words = arguments.contains("--") ? arguments.subList(0, arguments.indexOf("--")) : arguments;
        Optional<String> command = Optional.empty();
        for (int i = 0; i < words.size() && command.isEmpty(); i++) {
            if (WITH_VALUE.contains(words.get(i))) {
                i++;
            } else if (!words.get(i).startsWith("-")) {
                command = Optional.of(words.get(i));
            }
        }
        return new Invocation(
                command,
                words.contains("--help") || words.contains("-h"),
                words.contains("--version") || words.contains("-V"),
                words.contains("--json"));
    }
}
