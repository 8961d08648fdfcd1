package dev.dsync.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says how much slower than the bare cipher sealing is. */
@Command(
        name = "sealing",
        description = "Seals and verifies packs beside AES-256-GCM itself, both in turns.",
        mixinStandardHelpOptions = true)
final class SealingCommand implements Callable<Integer> {

    /** So much room for new objects that what is measured is not when they are collected. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmn600m");

    private static final double MEGA = 1e6;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rounds", defaultValue = "300", paramLabel = "N", description = "Rounds. Default: 300.")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "300",
            paramLabel = "N",
            description = "Rounds before those that count. Default: 300.")
    private int warmUp;

    @Mixin
    private Report report = new Report();

    @Mixin
    private Machine machine = new Machine();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1 || warmUp < 0) {
            throw new ParameterException(spec.commandLine(), "--rounds is 1 at least, --warm-up 0");
        }
        return machine.run(spec, HEAP, this::measure);
    }

    private int measure() throws IOException {
        SealingFigures figures = new SealingRun(warmUp, rounds).run();
        report.tell(spec.commandLine().getOut(), table(figures), figures);
        return 0;
    }

    private static String table(SealingFigures figures) {
        return String.format(
                Locale.ROOT,
                """
                %,.1f MB sealed and opened again; median of %d rounds

                %-24s %10s %10s   %s
                %-24s %10.0f %10.2f
                %-24s %10.0f %10.2f   %.2f to %.2f
                """,
                figures.bytes() / MEGA,
                figures.rounds(),
                "",
                "MB/s",
                "ratio",
                "half of the rounds",
                "AES-256-GCM",
                figures.bareBytesPerSecond() / MEGA,
                1.0,
                "packs, verified",
                figures.packsBytesPerSecond() / MEGA,
                figures.ratio(),
                figures.lowerQuartile(),
                figures.upperQuartile());
    }
}
