package dev.dsync.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Records many files in a catalog, asks it what a day's work asks, and says how fast, how large and in what memory. */
@Command(
        name = "catalog",
        description = "Records many files and chunks in the catalog, then times questions to it.",
        mixinStandardHelpOptions = true)
final class CatalogCommand implements Callable<Integer> {

    /** Less, and a chunk would be larger than chunks are. */
    private static final int FEWEST_IN_A_PACK = 3;

    private static final int MOST_IN_A_PACK = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(names = "--files", defaultValue = "100000", paramLabel = "N", description = "Files. Default: 100000.")
    private int files;

    @Option(
            names = "--chunks",
            paramLabel = "N",
            description = "Chunks of all files together. Default: ten times as many as files.")
    private @Nullable Integer chunks;

    @Option(
            names = "--pack-chunks",
            defaultValue = "8",
            paramLabel = "N",
            description = "Chunks in a pack: 8 of a megabyte (the default), or 4000 of small files.")
    private int packChunks;

    @Option(
            names = "--commit-packs",
            defaultValue = "" + ManyFiles.USUAL_COMMIT_PACKS,
            paramLabel = "N",
            description = "Packs in a commit: 64 (the default) are what a vault stores before it commits.")
    private int commitPacks;

    @Mixin
    private Bench bench = new Bench();

    @Mixin
    private Machine machine = new Machine();

    @Override
    public Integer call() throws IOException, InterruptedException {
        ManyFiles many = new ManyFiles(
                atLeast(1, "--files", files),
                atLeast(1, "--chunks", chunks == null ? Math.multiplyExact(files, 10) : chunks),
                atLeast(FEWEST_IN_A_PACK, "--pack-chunks", packChunks),
                atLeast(1, "--commit-packs", commitPacks));
        if (packChunks > MOST_IN_A_PACK) {
            throw new ParameterException(spec.commandLine(), "--pack-chunks is " + MOST_IN_A_PACK + " at most");
        }
        return machine.run(spec, () -> measure(many));
    }

    private int atLeast(int least, String option, int value) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), option + " is " + least + " at least, not " + value);
        }
        return value;
    }

    private int measure(ManyFiles many) throws IOException {
        try (WorkFolder folder = bench.folder()) {
            CatalogFigures figures = new CatalogRun(many, folder.path()).run();
            bench.tell(spec.commandLine().getOut(), new CatalogTable(figures).text(), figures);
            return 0;
        }
    }
}
