package dev.dsync.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how long the commands of a day take from call to end, beside {@code java -version}. */
@Command(
        name = "start",
        description = "Times short commands on a vault of many files, beside java -version.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--dsync",
            defaultValue = "dsync",
            paramLabel = "FILE",
            description = "The launcher. Default: ./dsync")
    private Path dsync;

    @Option(
            names = "--files",
            defaultValue = "40000",
            paramLabel = "N",
            description = "Files in the vault. Default: 40000.")
    private int files;

    @Option(names = "--runs", defaultValue = "9", paramLabel = "N", description = "Runs of each command. Default: 9.")
    private int runs;

    @Mixin
    private Bench bench = new Bench();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path launcher = dsync.toAbsolutePath().normalize();
        if (!Files.isExecutable(launcher)) {
            throw new ParameterException(spec.commandLine(), launcher + " is no program: give --dsync");
        }
        if (files < 1 || runs < 1) {
            throw new ParameterException(spec.commandLine(), "--files and --runs are 1 at least");
        }
        try (WorkFolder folder = bench.folder()) {
            StartFigures figures = new StartRun(launcher, folder.path(), files, runs).run();
            bench.tell(spec.commandLine().getOut(), table(figures), figures);
            return 0;
        }
    }

    private String table(StartFigures figures) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.printf(Locale.ROOT, "a vault of %,d files; median of %d runs each%n%n", figures.files(), runs);
        out.printf(Locale.ROOT, "%-20s %10s %10s %10s%n", "", "ms", "ratio", "lowest");
        out.printf(Locale.ROOT, "%-20s %10.0f %10.1f%n", "java -version", figures.javaMillis(), 1.0);
        for (StartFigures.Command command : figures.commands()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %10.0f %10.1f %10.1f%n",
                    "dsync " + command.words(),
                    command.millis(),
                    command.ratio(),
                    command.lowestRatio());
        }
        return text.toString();
    }
}
