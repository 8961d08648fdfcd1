package dev.dsync.pipeline.sync;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Chunk;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.PackReader;
import dev.dsync.pack.SealedPack;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The sentence forwards: chunks are named, looked up and compressed by several workers at once, then packed in the order
 * in which they were read, sealed and shipped. Queues are bounded and all memory is counted, so a slow target slows the
 * reader and nothing piles up. The first failure anywhere stops all of it.
 */
final class PackLine implements AutoCloseable {

    /** Chunks under way at most: tiny ones would otherwise be limited by memory alone, and each costs some of its own. */
    private static final int MOST_STEPS = 2048;

    /** What happens at the packing end, in order. */
    interface Sink {

        /** All chunks of a file are named and packed, if not yet stored. */
        void fileEnded(ChunkList chunks, Sha256 sha256, Object ticket);

        /** A pack of so many bytes is sealed and on its way. */
        void packSealed(long bytes);

        /** A pack lies on targets. */
        void packStored(SealedPack pack, ByteBuffer bytes, List<StoredCopy> copies);

        /** Between two steps of the packing thread: the moment for a commit. */
        void betweenSteps() throws IOException, InterruptedException;
    }

    /** A chunk named and, if it is to be stored, encoded. */
    private record Worked(ChunkId id, Optional<EncodedChunk> encoded) {}

    private sealed interface Step {}

    private record ChunkStep(FileInHand file, CompletableFuture<Worked> worked) implements Step {}

    private record FileStep(FileInHand file, CompletableFuture<Sha256> sha256, Object ticket) implements Step {}

    /** A part in the classic layout; none if it is stored already. */
    private record PartStep(FileInHand file, ChunkId name, Optional<SealedPack> part) implements Step {}

    private record EndStep() implements Step {}

    private final VaultParts vault;
    private final UnstoredChunks unstored;
    private final ByteBudget budget;
    private final Sink sink;
    private final ExecutorService workers;
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(MOST_STEPS);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final DataPacks packs;
    private final PackShipping shipping;
    private final Thread packing;
    private boolean finished;

    PackLine(VaultParts vault, SyncOptions options, UnstoredChunks unstored, ByteBudget budget, Sink sink) {
        this.vault = vault;
        this.unstored = unstored;
        this.budget = budget;
        this.sink = sink;
        this.workers = Executors.newFixedThreadPool(vault.threads(), task -> daemon(task, "dsync-work"));
        this.packs = new DataPacks(vault, options.packSize(), budget);
        this.shipping = new PackShipping(vault, options.copies(), new PackShipping.Listener() {
            @Override
            public void stored(SealedPack pack, ByteBuffer bytes, List<StoredCopy> copies) {
                sink.packStored(pack, bytes, copies);
            }

            @Override
            public void failed(Throwable cause) {
                fail(cause);
            }
        });
        this.packing = daemon(this::pack, "dsync-pack");
        packing.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Takes the file's next chunk; it is this object's from now on. */
    void chunk(FileInHand file, Chunk chunk) throws IOException, InterruptedException {
        CompletableFuture<Void> digested = file.digest(chunk, workers);
        CompletableFuture<Worked> worked = digested.thenCombineAsync(
                CompletableFuture.supplyAsync(() -> name(file, chunk), workers),
                (done, id) -> work(file, chunk, id),
                workers);
        put(new ChunkStep(file, worked));
    }

    /** Takes the file's next part in the classic layout; it is this object's from now on. */
    void part(FileInHand file, SealedPack part) throws IOException, InterruptedException {
        ChunkId name = part.entries().get(0).id();
        boolean mine = unstored.claim(name);
        if (!mine) {
            part.close();
        }
        put(new PartStep(file, name, mine ? Optional.of(part) : Optional.empty()));
    }

    /** As {@link #end(FileInHand, Object)}, of a file whose digest was taken elsewhere. */
    void end(FileInHand file, Sha256 sha256, Object ticket) throws IOException, InterruptedException {
        put(new FileStep(file, CompletableFuture.completedFuture(sha256), ticket));
    }

    /** Says that all chunks of the file were given; {@code ticket} comes back with the result. */
    void end(FileInHand file, Object ticket) throws IOException, InterruptedException {
        put(new FileStep(file, file.sha256(), ticket));
    }

    private ChunkId name(FileInHand file, Chunk chunk) {
        return vault.seals().chunkNames(file.treatment().suite()).name(chunk.bytes());
    }

    private Worked work(FileInHand file, Chunk chunk, ChunkId id) {
        try (chunk) {
            if (failure.get() != null || !unstored.claim(id)) {
                return new Worked(id, Optional.empty());
            }
            return new Worked(id, Optional.of(file.treatment().compression().encode(id, chunk)));
        }
    }

    private void put(Step step) throws IOException, InterruptedException {
        while (!steps.offer(step, 100, TimeUnit.MILLISECONDS)) {
            check();
        }
        check();
    }

    /** Packs what is left, ships it, and waits until all is stored. */
    void finish() throws IOException, InterruptedException {
        put(new EndStep());
        packing.join();
        check();
        finished = true;
    }

    /** Throws the first failure, if there was one. */
    void check() throws IOException {
        Throwable cause = failure.get();
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause != null) {
            throw new IOException(cause);
        }
    }

    private void fail(Throwable cause) {
        if (failure.compareAndSet(null, cause)) {
            budget.close();
        }
    }

    private void pack() {
        try {
            while (failure.get() == null) {
                Step step = steps.poll(100, TimeUnit.MILLISECONDS);
                if (step instanceof EndStep) {
                    end();
                    return;
                }
                if (step != null) {
                    take(step);
                } else {
                    relieve();
                }
                repack();
                sink.betweenSteps();
            }
        } catch (InterruptedException | CancellationException e) {
            fail(e);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void take(Step step) throws IOException, InterruptedException {
        if (step instanceof ChunkStep chunk) {
            Worked worked = await(chunk.worked());
            chunk.file().chunks().add(worked.id());
            if (worked.encoded().isPresent()) {
                ship(packs.add(
                        chunk.file().treatment().suite(), worked.encoded().get()));
            }
        } else if (step instanceof PartStep part) {
            part.file().chunks().add(part.name());
            ship(part.part().stream().toList());
        } else if (step instanceof FileStep end) {
            Sha256 sha256 = await(end.sha256());
            sink.fileEnded(end.file().chunks().build(), sha256, end.ticket());
        }
    }

    /** What waits in packs of several suites may take all memory: then nothing more could be read, and none would fill. */
    private void relieve() throws IOException, InterruptedException {
        if (budget.waiting() > 0 && steps.isEmpty() && shipping.isIdle()) {
            ship(packs.makeRoom());
        }
    }

    private static <T> T await(CompletableFuture<T> result) throws IOException, InterruptedException {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IOException(e.getCause());
        }
    }

    private void end() throws IOException, InterruptedException {
        ship(packs.finish());
        for (shipping.await(); repack(); shipping.await()) {
            ship(packs.finish());
        }
    }

    private void ship(List<SealedPack> sealed) throws IOException, InterruptedException {
        for (SealedPack pack : sealed) {
            sink.packSealed(pack.size());
            shipping.ship(pack);
        }
    }

    /** Takes apart what targets found too large; returns whether there was such a pack. */
    private boolean repack() throws IOException, InterruptedException {
        boolean any = false;
        for (PackShipping.Refused refused = shipping.nextRefused(); refused != null; refused = shipping.nextRefused()) {
            if (!any) {
                ship(packs.finish());
            }
            any = true;
            unpack(refused.pack(), refused.bytes());
            shipping.done(refused);
        }
        return any;
    }

    private void unpack(SealedPack pack, ByteBuffer bytes) throws IOException, InterruptedException {
        if (pack.kind() == PackKind.CLASSIC) {
            throw new IOException("every target refuses a part of " + pack.size()
                    + " bytes: the classic layout needs targets that take " + ClassicPartition.PART_BYTES
                    + ". Add one to webhooks.txt, or leave out --layout classic");
        }
        if (pack.size() <= PackFormat.MIN_PACK_SIZE) {
            throw new IOException("every target refuses a pack of " + pack.size()
                    + " bytes: a target must take at least " + PackFormat.MIN_PACK_SIZE
                    + " bytes in one blob to be of use. Add one that does to webhooks.txt");
        }
        try (PackReader reader = new PackReader(vault.seals().packs(), pack.id(), pack.kind(), pack.suite())) {
            for (PackEntry entry : pack.entries()) {
                ByteBuffer sealed = bytes.slice(entry.offset(), entry.sealedLength(pack.suite()));
                ByteBuffer encoded = reader.openChunk(entry, sealed);
                ship(packs.add(
                        pack.suite(),
                        new EncodedChunk(entry.id(), entry.codec(), entry.rawSize(), encoded, Lease.none())));
            }
        }
    }

    @Override
    public void close() {
        if (!finished) {
            fail(new CancellationException("the sync was ended"));
        }
        try {
            packing.join();
        } catch (InterruptedException e) {
            packing.interrupt();
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        for (Step step = steps.poll(); step != null; step = steps.poll()) {
            if (step instanceof PartStep part) {
                part.part().ifPresent(SealedPack::close);
            }
            if (step instanceof ChunkStep chunk
                    && chunk.worked().isDone()
                    && !chunk.worked().isCompletedExceptionally()) {
                chunk.worked().join().encoded().ifPresent(EncodedChunk::close);
            }
        }
        packs.close();
        shipping.abandon();
    }
}
