package dev.dsync.cli;

import dev.dsync.cli.settings.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The command line: finds the command, runs it, and turns whatever happens into output and an exit status. */
final class Cli {

    /** Commands that go on as long as somebody wants, or whose content may go to the same terminal. */
    private static final Set<String> WITHOUT_END = Set.of("cat", "web");

    private final Surroundings around;
    private final List<String> arguments;
    private final Invocation invocation;

    private Cli(Surroundings around, List<String> arguments) {
        this.around = around;
        this.arguments = List.copyOf(arguments);
        this.invocation = Invocation.of(arguments);
    }

    /** Runs one command and returns the exit status. */
    static int run(Surroundings around, List<String> arguments) {
        return new Cli(around, arguments).run().status();
    }

    /** Tells a program that the command ends before it has done anything. */
    static void interrupted(Surroundings around, List<String> arguments) {
        if (Invocation.of(arguments).json()) {
            new Output(around, new Output.Manner(true, false, 0)).failure(Failure.of(new InterruptedException()));
        }
    }

    private Exit run() {
        try {
            String command = invocation.command().orElse("help");
            if (command.equals("help")
                    || invocation.version() && invocation.command().isEmpty()) {
                return explain();
            }
            Commands.Entry entry = Commands.find(command).orElseThrow(() -> unknown(command));
            return run(entry);
        } catch (UsageException e) {
            return fail(new Output(around, new Output.Manner(invocation.json(), false, 0)), e);
        } finally {
            around.out().flush();
            around.err().flush();
        }
    }

    private Exit run(Commands.Entry entry) throws UsageException {
        GlobalOptions options = new GlobalOptions();
        if (entry.maker().get() instanceof PlainTask plain && new PlainWords(arguments).set(options, plain)) {
            return run(entry, plain, options);
        }
        Task task = entry.maker().get();
        GlobalOptions parsed = new GlobalOptions();
        CommandLine line = parser(parsed, entry.name(), task);
        if (invocation.help()) {
            return explain(line, entry.name());
        }
        parse(line, entry.name());
        return run(entry, task, parsed);
    }

    private Exit run(Commands.Entry entry, Task task, GlobalOptions options) throws UsageException {
        options.check();
        Output output = new Output(around, new Output.Manner(options.json(), options.quiet(), options.verbosity()));
        try (Session session = new Session(around, options, output, entry.name())) {
            if (!WITHOUT_END.contains(entry.name())) {
                output.progress().begin("dsync " + entry.name());
            }
            return run(task, session, output);
        } catch (Exception e) {
            return fail(output, e);
        }
    }

    /** A failure is told while the session's logs still hear it. */
    private Exit run(Task task, Session session, Output output) {
        try {
            Answer answer = task.run(session);
            output.answer(answer);
            return answer.exit();
        } catch (Exception e) {
            return fail(output, e);
        }
    }

    private static CommandLine parser(GlobalOptions options, String name, Task task) {
        return new CommandLine(options)
                .addSubcommand(name, task)
                .setExpandAtFiles(false)
                .setOverwrittenOptionsAllowed(true)
                .setUsageHelpAutoWidth(false);
    }

    private void parse(CommandLine line, String name) throws UsageException {
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (ParameterException e) {
            CommandLine called = Objects.requireNonNull(line.getSubcommands().get(name));
            throw new WrongWords(arguments).of(e, name, called.getCommandSpec());
        }
    }

    private static UsageException unknown(String command) {
        if (command.isEmpty()) {
            return new UsageException("an empty word is no command: 'dsync help' lists them");
        }
        return new UsageException("there is no command " + command
                + Nearest.to(command, Commands.names())
                        .map(meant -> "; did you mean " + meant + '?')
                        .orElse("; there are " + String.join(", ", Commands.names())));
    }

    /** Help and version, and what somebody sees who gives no command at all. */
    private Exit explain() throws UsageException {
        if (invocation.version()) {
            around.out().println("dsync " + version());
            return Exit.DONE;
        }
        if (invocation.command().isEmpty() && !invocation.help()) {
            if (!arguments.isEmpty()) {
                throw new WrongWords(arguments).withoutCommand();
            }
            Commands.overview(around.err());
            return Exit.WRONG;
        }
        List<String> topics = arguments.stream()
                .skip(invocation.command().isPresent() ? arguments.indexOf("help") + 1 : arguments.size())
                .filter(word -> !word.startsWith("-"))
                .toList();
        if (topics.isEmpty()) {
            Commands.overview(around.out());
            return Exit.DONE;
        }
        if (topics.size() > 1) {
            throw new UsageException("help explains one command at a time, found \"" + topics.get(1) + '"');
        }
        Commands.Entry entry = Commands.find(topics.get(0)).orElseThrow(() -> unknown(topics.get(0)));
        return explain(parser(new GlobalOptions(), entry.name(), entry.maker().get()), entry.name());
    }

    private Exit explain(CommandLine line, String command) {
        boolean dumb = around.environment().getOrDefault("TERM", "").equals("dumb");
        Objects.requireNonNull(line.getSubcommands().get(command))
                .usage(around.out(), dumb ? CommandLine.Help.Ansi.OFF : CommandLine.Help.Ansi.AUTO);
        return Exit.DONE;
    }

    private Exit fail(Output output, Exception cause) {
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof OutputEndedException) {
                // Whoever reads it has enough; if it could not be written, that is told at the end.
                return Exit.DONE;
            }
        }
        Failure failure =
                around.stop().requested() && around.stop().heeded() ? Failure.ofStop(cause) : Failure.of(cause);
        output.failure(failure);
        if (output.manner().verbosity() > 1
                || !around.environment().getOrDefault("DSYNC_DEBUG", "").isEmpty()) {
            output.trace(cause);
        }
        return failure.exit();
    }

    /** The project's version, written into a resource when the jar is built. */
    static String version() {
        try (InputStream version = Objects.requireNonNull(Cli.class.getResourceAsStream("version.txt"))) {
            return new String(version.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
