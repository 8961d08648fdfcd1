package dev.dsync.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** All that can be said on the command line, as completions and man pages need it; read from the commands themselves. */
record Manual(List<Page> pages) {

    /** A label such as {@code never|changed|always} lists all values there are. */
    private static final Pattern CHOICE = Pattern.compile("[a-z0-9]+(\\|[a-z0-9]+)+");

    Manual {
        pages = List.copyOf(pages);
    }

    /**
     * One command.
     *
     * @param summary what it does, in one sentence
     * @param synopsis how it is written
     * @param description more of what it does
     * @param words what can follow the command's name, where that is one of some words
     * @param takesPaths whether files or paths can follow
     * @param examples how it is used
     */
    record Page(
            String name,
            String summary,
            String synopsis,
            List<String> description,
            List<Entry> parameters,
            List<Entry> options,
            List<String> words,
            boolean takesPaths,
            List<String> examples) {}

    /**
     * An option or a parameter.
     *
     * @param names how an option is written; none for a parameter
     * @param label what stands for its value; empty if it takes none
     * @param choices the values there are, if they are few
     */
    record Entry(List<String> names, String label, List<String> choices, String description) {

        boolean takesValue() {
            return !label.isEmpty();
        }

        /** Whether its value is the name of a file or folder of this machine. */
        boolean takesFile() {
            return label.equals("DIR") || label.equals("FILE") || label.equals("PATH");
        }

        /** As one writes it: {@code --home DIR}. */
        String written() {
            return names.isEmpty() ? label : String.join(", ", names) + (takesValue() ? " " + label : "");
        }
    }

    /** Of all commands. */
    static Manual read() {
        return new Manual(Commands.ALL.stream().map(Manual::page).toList());
    }

    private static Page page(Commands.Entry command) {
        CommandLine line = new CommandLine(new GlobalOptions())
                .addSubcommand(command.name(), command.maker().get());
        CommandLine called = Objects.requireNonNull(line.getSubcommands().get(command.name()));
        CommandSpec spec = called.getCommandSpec();
        List<Entry> parameters =
                spec.positionalParameters().stream().map(Manual::parameter).toList();
        return new Page(
                command.name(),
                String.join(" ", spec.usageMessage().header()),
                called.getHelp().synopsis(0).strip().replaceAll("\\s+", " "),
                texts(spec.usageMessage().description()),
                parameters,
                spec.options().stream().map(Manual::option).toList(),
                parameters.isEmpty() ? List.of() : parameters.get(0).choices(),
                parameters.stream().anyMatch(parameter -> parameter.choices().isEmpty()),
                texts(spec.usageMessage().footer()));
    }

    private static Entry option(OptionSpec option) {
        boolean flag = option.arity().max() == 0 || option.typeInfo().isBoolean() || isFlags(option);
        String label = flag ? "" : option.paramLabel().replace("%%", "%");
        return new Entry(List.of(option.names()), label, choices(label), text(option.description()));
    }

    /** A flag that counts how often it is given. */
    private static boolean isFlags(OptionSpec option) {
        return option.type().equals(boolean[].class);
    }

    private static Entry parameter(PositionalParamSpec parameter) {
        String label = parameter.paramLabel();
        return new Entry(List.of(), label, choices(label), text(parameter.description()));
    }

    private static List<String> choices(String label) {
        return CHOICE.matcher(label).matches() ? List.of(label.split("\\|")) : List.of();
    }

    private static String text(String[] lines) {
        return String.join(" ", texts(lines));
    }

    private static List<String> texts(String[] lines) {
        return Stream.of(lines).map(line -> line.replace("%%", "%")).toList();
    }

    /** The man page of one command, or of all, in roff. */
    List<String> man(String version, Page page) {
        List<String> roff = head("dsync-" + page.name(), version);
        section(roff, "NAME", List.of("dsync-" + page.name() + " - " + page.summary()));
        section(roff, "SYNOPSIS", List.of(page.synopsis()));
        if (!page.description().isEmpty()) {
            roff.add(".SH DESCRIPTION");
            preformatted(roff, page.description());
        }
        entries(roff, "PARAMETERS", page.parameters());
        entries(roff, "OPTIONS", page.options());
        roff.add(".SH EXAMPLES");
        preformatted(roff, page.examples());
        section(roff, "SEE ALSO", List.of("dsync(1)"));
        return roff;
    }

    /** The man page of dsync itself. */
    List<String> man(String version) {
        List<String> roff = head("dsync", version);
        section(
                roff,
                "NAME",
                List.of("dsync - keeps a folder safe, encrypted and versioned, on storage you already have"));
        section(roff, "SYNOPSIS", List.of("dsync [--home DIR] [--json] [-q|-v] COMMAND [OPTION...]"));
        roff.add(".SH COMMANDS");
        for (Page page : pages) {
            roff.add(".TP");
            roff.add(".B dsync-" + page.name() + "(1)");
            roff.add(escaped(page.summary()));
        }
        section(
                roff,
                "EXIT STATUS",
                List.of("0 done; 1 done, but some files failed or damage was found; 2 wrong usage, configuration or"
                        + " key; 3 no target could be reached; 130 interrupted. A reader of standard output that ends"
                        + " early, such as head, is no failure."));
        return roff;
    }

    private static List<String> head(String title, String version) {
        List<String> roff = new ArrayList<>();
        roff.add(".TH \"" + title.toUpperCase(Locale.ROOT) + "\" 1 \"\" \"dsync " + version + "\" \"dsync\"");
        roff.add(".nh");
        return roff;
    }

    private static void section(List<String> roff, String title, List<String> lines) {
        roff.add(".SH " + title);
        lines.forEach(line -> roff.add(escaped(line)));
    }

    private static void entries(List<String> roff, String title, List<Entry> entries) {
        if (!entries.isEmpty()) {
            roff.add(".SH " + title);
        }
        for (Entry entry : entries) {
            roff.add(".TP");
            roff.add("\\fB" + escaped(entry.written()) + "\\fR");
            roff.add(escaped(entry.description()));
        }
    }

    private static void preformatted(List<String> roff, List<String> lines) {
        roff.add(".nf");
        lines.forEach(line -> roff.add(escaped(line)));
        roff.add(".fi");
    }

    /** A line that starts with a dot or a quote would be a command of roff, and a plain hyphen a dash. */
    private static String escaped(String line) {
        String text = line.replace("\\", "\\e").replace("-", "\\-");
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }
}
