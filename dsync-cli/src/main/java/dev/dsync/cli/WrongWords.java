package dev.dsync.cli;

import dev.dsync.cli.settings.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words of a command line, each time in one sentence that says what to do. */
final class WrongWords {

    private static final String HOME = "--home";

    private final List<String> words;

    /** The words as they were given. */
    WrongWords(List<String> words) {
        this.words = words;
    }

    /** Why they are no call of dsync: no command is among them. */
    UsageException withoutCommand() {
        int end = words.indexOf("--");
        if (end >= 0 && end < words.size() - 1) {
            return new UsageException(
                    "write the command before --, which ends the options: dsync " + words.get(end + 1));
        }
        if (words.get(words.size() - 1).equals(HOME)) {
            return needsValue(HOME, "DIR", "help");
        }
        CommandSpec known = new CommandLine(new GlobalOptions()).getCommandSpec();
        Optional<String> unknown = words.stream()
                .filter(word -> word.startsWith("-") && !word.equals("--"))
                .filter(word -> !isOption(word, known))
                .findFirst();
        if (unknown.isPresent()) {
            return unknownOption("dsync", unknown.get(), known, "help");
        }
        int home = words.indexOf(HOME);
        String taken = home < 0 ? "" : ": \"" + words.get(home + 1) + "\" was taken as the value of --home. ";
        return new UsageException(
                "name a command after dsync" + (taken.isEmpty() ? ": " : taken) + "'dsync help' lists them");
    }

    /** Whether there is such an option; or for letters together, all of them. */
    private static boolean isOption(String word, CommandSpec known) {
        return word.startsWith("--")
                ? known.findOption(word.replaceFirst("=.*", "")) != null
                : word.chars().skip(1).allMatch(letter -> known.findOption((char) letter) != null);
    }

    /** Why they are no call of the command that they name. */
    UsageException of(ParameterException cause, String command, CommandSpec spec) {
        String help = "help " + command;
        if (cause instanceof UnmatchedArgumentException unmatched) {
            List<String> surplus = unmatched.getUnmatched();
            return unmatched.isUnknownOption()
                    ? unknownOption(command, surplus.get(0), spec, help)
                    : new UsageException(command + " takes no further word" + (surplus.size() > 1 ? "s" : "")
                            + ", found "
                            + surplus.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "))
                            + ". 'dsync " + help + "' explains what it takes");
        }
        Optional<ArgSpec> about = cause instanceof MissingParameterException missing
                        && !missing.getMissing().isEmpty()
                ? Optional.of(missing.getMissing().get(0))
                : Optional.ofNullable(cause.getArgSpec());
        if (about.isPresent() && about.get() instanceof OptionSpec option) {
            return cause.getValue() == null
                    ? needsValue(option.longestName(), option.paramLabel(), help)
                    : wrongValue(option, cause.getValue());
        }
        if (about.isPresent()) {
            String label = about.get().paramLabel();
            boolean choice = label.equals(label.toLowerCase(Locale.ROOT));
            return new UsageException(
                    command + (choice ? " needs a word after it: " : " needs a ") + label + explained(help));
        }
        return new UsageException(cause.getMessage() + explained(help));
    }

    private UsageException needsValue(String option, String label, String help) {
        int next = words.indexOf(option) + 1;
        String found = next > 0 && next < words.size() ? ", found " + words.get(next) : "";
        return new UsageException(option + " needs a value: " + option + ' ' + label + found + explained(help));
    }

    private static String explained(String help) {
        return ". 'dsync " + help + "' explains it";
    }

    /** The parser would name types of Java. */
    private static UsageException wrongValue(OptionSpec option, String value) {
        boolean flag = option.type() == boolean.class || option.type() == boolean[].class;
        if (!flag && value.matches("-?[0-9]+")) {
            return new UsageException(option.longestName() + " is too large: " + value);
        }
        return new UsageException(option.longestName() + (flag ? " takes no value" : " must be a whole number")
                + ", found \"" + value + '"');
    }

    private static UsageException unknownOption(String whose, String word, CommandSpec spec, String help) {
        String name = word.replaceFirst("=.*", "");
        List<String> known = new ArrayList<>(spec.optionsMap().keySet());
        known.add("--version");
        String next = Nearest.to(name, known)
                .filter(near -> near.startsWith("--"))
                .map(near -> "; did you mean " + near + '?')
                .orElse(". 'dsync " + help + "' shows those it has");
        return new UsageException(whose + " has no option " + name + next);
    }
}
