package dev.dsync.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where vault and restored files are made, and removed again. Default: a temporary folder.")
    private @Nullable Path work;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures here, as JSON.")
    private @Nullable Path json;

    @Option(
            names = "--here",
            description =
                    "Measures in this virtual machine, with whatever options it was started. Default: in a new one "
                            + "with the collector that dsync runs with and the other options of this one.")
    private boolean here;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!Files.isDirectory(corpus)) {
            throw new ParameterException(spec.commandLine(), corpus + " is no folder");
        }
        return here
                ? measure()
                : FreshMachine.run(
                        spec.name(),
                        spec.root().commandLine().getParseResult().originalArgs(),
                        spec.commandLine().getOut());
    }

    private int measure() throws IOException, InterruptedException {
        try (WorkFolder folder = WorkFolder.in(work)) {
            Limits limits = LimitProbe.measure(corpus);
            PipelineFigures figures = new PipelineRun(corpus.toAbsolutePath().normalize(), folder.path()).run(limits);
            PrintWriter out = spec.commandLine().getOut();
            out.print(new FiguresTable(figures).text());
            out.flush();
            if (json != null) {
                JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), figures);
            }
            return figures.identical() ? 0 : 1;
        }
    }
}
