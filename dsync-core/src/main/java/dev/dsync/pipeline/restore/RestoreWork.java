package dev.dsync.pipeline.restore;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.PackPlan;
import dev.dsync.catalog.Packs.PlannedChunk;
import dev.dsync.catalog.Packs.ReadPlan;
import dev.dsync.pipeline.content.FetchedRange;
import dev.dsync.pipeline.content.PackRanges;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.parts.PackWorkers;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Reads the packs of a plan, several at once, and writes what is in them into files. */
final class RestoreWork {

    /** Hears how files fare; called from several threads. */
    interface Outcome {

        void restored(RestoringFile file);

        void written(long bytes);

        void failed(RestoringFile file, IOException cause);
    }

    private final VaultParts vault;
    private final StoredPackReader reader;
    private final List<RestoringFile> files;
    private final BooleanSupplier stop;
    private final Outcome outcome;

    /** @param files by the numbers under which the plan knows them */
    RestoreWork(VaultParts vault, List<RestoringFile> files, BooleanSupplier stop, Outcome outcome) {
        this.vault = vault;
        this.reader = new StoredPackReader(vault);
        this.files = files;
        this.stop = stop;
        this.outcome = outcome;
    }

    /** Restores all files; returns false if it was asked to stop. */
    boolean run(ReadPlan plan) throws IOException, InterruptedException {
        for (RestoringFile file : files) {
            if (file.version().size() == 0) {
                complete(file);
            }
        }
        try (Cursor<PackPlan> packs = plan.packs()) {
            return new PackWorkers(vault).forEach(packs, stop, this::restore);
        } finally {
            files.forEach(RestoringFile::abandon);
        }
    }

    private void restore(PackPlan plan) {
        for (PackRanges.Range range : PackRanges.of(plan)) {
            try (FetchedRange read = reader.range(plan.pack(), range)) {
                range.chunks().forEach(chunk -> restore(chunk, read));
            }
        }
    }

    private void restore(PlannedChunk chunk, FetchedRange read) {
        RestoringFile file = files.get(chunk.file());
        try {
            write(file, chunk.offset(), read.open(chunk.entry()));
        } catch (IOException e) {
            fail(file, e);
        }
    }

    private void write(RestoringFile file, long offset, ByteBuffer plain) throws IOException {
        int length = plain.remaining();
        boolean last = file.write(offset, plain);
        outcome.written(length);
        if (last) {
            complete(file);
        }
    }

    private void complete(RestoringFile file) {
        try {
            file.complete();
            outcome.restored(file);
        } catch (IOException e) {
            fail(file, e);
        }
    }

    private void fail(RestoringFile file, IOException cause) {
        if (file.fail()) {
            outcome.failed(file, cause);
        }
    }
}
