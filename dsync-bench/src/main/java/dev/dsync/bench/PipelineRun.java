package dev.dsync.bench;

import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.ExcludeRules;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** The whole pipeline over a corpus: sync, sync again, restore, compare. Each step opens the vault anew. */
final class PipelineRun {

    private final Path corpus;
    private final Path home;
    private final Path copy;

    /** @param work an empty folder for the vault and what is restored */
    PipelineRun(Path corpus, Path work) throws IOException {
        this.corpus = corpus;
        this.home = Files.createDirectory(work.resolve("home"));
        this.copy = work.resolve("copy");
    }

    PipelineFigures run(Limits limits) throws IOException, InterruptedException {
        PeakMemory.reset();
        long started = System.nanoTime();
        SyncReport first = sync();
        PipelineFigures.Step sync = step(first.bytesRead(), limits.files(), started);
        started = System.nanoTime();
        SyncReport second = sync();
        PipelineFigures.Step again = step(second.bytesRead(), limits.files(), started);
        started = System.nanoTime();
        RestoreReport restored = restore();
        PipelineFigures.Step restore = step(restored.bytes(), limits.files(), started);
        PeakMemory memory = PeakMemory.now();
        return new PipelineFigures(
                corpus.toString(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                limits,
                sync,
                first.bytesStored(),
                first.packs(),
                again,
                restore,
                first.failed().isEmpty() && restored.failed().isEmpty() && sameContent(),
                memory.heapBytes(),
                memory.processBytes());
    }

    private SyncReport sync() throws IOException, InterruptedException {
        try (Vault vault = Vault.in(home).open()) {
            vault.setSyncedFolder(corpus, false);
            return vault.sync(SyncOptions.standard(), ExcludeRules.NONE, SyncEvent.Listener.SILENT);
        }
    }

    private RestoreReport restore() throws IOException, InterruptedException {
        try (Vault vault = Vault.in(home).openExisting()) {
            return vault.restore(RestoreOptions.everythingTo(copy), RestoreEvent.Listener.SILENT);
        }
    }

    private static PipelineFigures.Step step(long bytes, long files, long started) {
        return new PipelineFigures.Step(bytes, files, (System.nanoTime() - started) / 1e9);
    }

    private boolean sameContent() throws IOException {
        try (Stream<Path> tree = Files.walk(corpus)) {
            Iterator<Path> paths = tree.iterator();
            while (paths.hasNext()) {
                Path original = paths.next();
                Path restored = copy.resolve(corpus.relativize(original).toString());
                if (Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS)
                        && (!Files.exists(restored) || Files.mismatch(original, restored) >= 0)) {
                    return false;
                }
            }
            return true;
        }
    }
}
