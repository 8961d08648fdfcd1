package dev.dsync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Keeps a folder safe in a vault on this disk, brings it back, and says how that compares to this machine's limits. */
@Command(
        name = "pipeline",
        description =
                "Syncs a folder to a vault on this disk, syncs again, restores it, and compares with bare limits.",
        mixinStandardHelpOptions = true)
final class PipelineCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--corpus", required = true, paramLabel = "DIR", description = "The folder to work on.")
    private Path corpus;

    @Mixin
    private Bench bench = new Bench();

    @Mixin
    private Machine machine = new Machine();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(corpus)) {
            throw new ParameterException(spec.commandLine(), corpus + " is no folder");
        }
        return machine.run(spec, this::measure);
    }

    private int measure() throws IOException, InterruptedException {
        try (WorkFolder folder = bench.folder()) {
            Limits limits = LimitProbe.measure(corpus);
            PipelineFigures figures = new PipelineRun(corpus.toAbsolutePath().normalize(), folder.path()).run(limits);
            bench.tell(spec.commandLine().getOut(), new FiguresTable(figures).text(), figures);
            return figures.identical() ? 0 : 1;
        }
    }
}
