package dev.dsync.pipeline;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.PackPlan;
import dev.dsync.catalog.Packs.PlannedChunk;
import dev.dsync.catalog.Packs.ReadPlan;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the packs of a plan, several at once, and writes what is in them into files. */
final class RestoreWork {

    /** Hears how files fare; called from several threads. */
    interface Outcome {

        void restored(RestoringFile file);

        void written(long bytes);

        void failed(RestoringFile file, IOException cause);
    }

    /** A pack at work takes its own bytes, one chunk's sealed, encoded and plain bytes: up to this many packs' sizes. */
    private static final int MEMORY_PER_PACK = 3;

    private final VaultParts vault;
    private final StoredPackReader reader;
    private final List<RestoringFile> files;
    private final BooleanSupplier stop;
    private final Outcome outcome;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

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
        int atOnce = atOnce();
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        Semaphore room = new Semaphore(atOnce);
        try (Cursor<PackPlan> packs = plan.packs()) {
            while (packs.hasNext() && !stop.getAsBoolean() && failure.get() == null) {
                PackPlan next = packs.next();
                room.acquire();
                workers.execute(() -> {
                    try {
                        restore(next);
                    } catch (RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        room.release();
                    }
                });
            }
            room.acquire(atOnce);
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(1, TimeUnit.MINUTES);
            files.forEach(RestoringFile::abandon);
        }
        rethrow();
        return !stop.getAsBoolean();
    }

    private int atOnce() {
        long byMemory = vault.memoryBytes() / ((long) MEMORY_PER_PACK * PackFormat.DEFAULT_PACK_SIZE);
        return (int) Math.max(1, Math.min(byMemory, 2L * vault.threads()));
    }

    private void rethrow() {
        Throwable cause = failure.get();
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
    }

    private void restore(PackPlan plan) {
        StoredPack pack = plan.pack();
        try (PackReader opener = new PackReader(vault.seals().packs(), pack.id(), pack.kind(), pack.suite())) {
            for (PackRanges.Range range : PackRanges.of(plan)) {
                restore(pack, opener, range);
            }
        }
    }

    private void restore(StoredPack pack, PackReader opener, PackRanges.Range range) {
        ByteBuffer bytes;
        try {
            bytes = reader.fetch(pack.copies(), range.start(), range.length());
        } catch (IOException e) {
            range.chunks().forEach(chunk -> fail(chunk, inPack(pack, e)));
            return;
        }
        for (PlannedChunk chunk : range.chunks()) {
            try {
                write(chunk, open(pack, opener, chunk, bytes, range.start()));
            } catch (IOException e) {
                fail(chunk, inPack(pack, e));
            }
        }
    }

    /** What does not open is fetched once more, from each copy in turn, before it counts as damaged. */
    private ByteBuffer open(StoredPack pack, PackReader opener, PlannedChunk chunk, ByteBuffer bytes, long start)
            throws IOException {
        IOException damage;
        try {
            return reader.open(opener, pack.suite(), chunk.entry(), bytes, start);
        } catch (IOException e) {
            damage = e;
        }
        for (StoredCopy copy : pack.copies()) {
            try {
                ByteBuffer whole = reader.fetch(List.of(copy), pack.size());
                return reader.open(opener, pack.suite(), chunk.entry(), whole, 0);
            } catch (IOException e) {
                damage.addSuppressed(e);
            }
        }
        throw damage;
    }

    private void write(PlannedChunk chunk, ByteBuffer plain) throws IOException {
        RestoringFile file = files.get(chunk.file());
        int length = plain.remaining();
        boolean last = file.write(chunk.offset(), plain);
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

    private static IOException inPack(StoredPack pack, IOException cause) {
        return new IOException("pack " + pack.id() + ": " + cause.getMessage(), cause);
    }

    private void fail(PlannedChunk chunk, IOException cause) {
        fail(files.get(chunk.file()), cause);
    }

    private void fail(RestoringFile file, IOException cause) {
        if (file.fail()) {
            outcome.failed(file, cause);
        }
    }
}
