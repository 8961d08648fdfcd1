package dev.dsync.pack;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.codec.EncodedChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gathers encoded chunks into packs of one kind and suite. There is one open pack and a shelf of up to 8 waiting
 * chunks. Chunks go into the pack in the order in which they came, but near its end the shelf is searched for those
 * that fill it best; what is left over opens the next pack. So neighbours stay neighbours, no chunk waits for more than
 * 8 packs, and packs are full but for a percent or so, unless nearly all chunks are of the largest size.
 *
 * <p>Never waits for memory: a pack takes over the budget's bytes from its chunks. After a failure it refuses all but
 * {@link #close}. Not safe for use by many threads.
 */
public final class PackAssembler implements AutoCloseable {

    /** A pack is full once at most this part of it, 1/64, is left. Asked for more, more neighbours part. */
    private static final int FULL = 64;

    private final Suite suite;
    private final int packSize;
    private final Supplier<PackWriter> writers;
    private final Shelf shelf;
    private @Nullable PackWriter open;
    private boolean failed;

    /**
     * @param packSize length of full packs in bytes, {@link PackFormat#MIN_PACK_SIZE} to
     *     {@link PackFormat#MAX_PACK_SIZE}
     * @param keys stays the caller's, open for as long as this is
     * @param budget of all memory in flight; its headroom should be {@link PackFormat#MAX_CHUNK_BYTES} and 5 % of its
     *     total, or more
     * @param random source of salts; in production a {@link java.security.SecureRandom}
     */
    public PackAssembler(
            PackKind kind, Suite suite, int packSize, PackKeys keys, ByteBudget budget, RandomGenerator random) {
        this(
                suite,
                requireAllowed(packSize),
                () -> new PackWriter(kind, suite, packSize, keys, budget, random, PackWriter.SealProbe.NONE));
    }

    /** An assembler of packs of any size. {@code writers} start new packs of that suite and size. */
    PackAssembler(Suite suite, int packSize, Supplier<PackWriter> writers) {
        this.suite = suite;
        this.packSize = packSize;
        this.writers = writers;
        this.shelf = new Shelf(chunk -> PackWriter.cost(suite, chunk.encodedSize()));
    }

    /**
     * Takes {@code chunk}, which is this object's from now on, and returns the packs that became full.
     *
     * @throws IllegalArgumentException if not even an empty pack can hold the chunk
     * @throws FaultyMemoryException if this computer cannot be trusted to store it
     * @throws IllegalStateException if this failed before
     */
    public List<SealedPack> add(EncodedChunk chunk) {
        if (failed) {
            chunk.close();
        }
        return attempt(full -> {
            requireFitsEmptyPack(chunk);
            shelf.put(chunk);
            while (shelf.isFull()) {
                advance(full);
            }
        });
    }

    /** Puts away all that waits, without looking for the best place, and returns the packs that became full. */
    public List<SealedPack> settle() {
        return attempt(this::clearShelf);
    }

    private void clearShelf(List<SealedPack> full) {
        while (!shelf.isEmpty()) {
            advance(full);
        }
    }

    /**
     * Puts away all that waits and returns the packs that became full and, last, the one that did not. More chunks may
     * follow; they begin a new pack.
     */
    public List<SealedPack> finish() {
        return attempt(full -> {
            clearShelf(full);
            if (open != null) {
                full.add(open.finishTail());
                open = null;
            }
        });
    }

    /** Abandons what is not in a finished pack and gives its memory back. */
    @Override
    public void close() {
        failed = true;
        shelf.close();
        if (open != null) {
            open.close();
        }
    }

    /** Chunks leave the shelf, or the open pack is full. */
    private void advance(List<SealedPack> full) {
        if (open == null) {
            open = writers.get();
            // The oldest, whatever its size: this is why no chunk waits for ever.
            move(List.of(shelf.takeOldest()), open);
            return;
        }
        List<EncodedChunk> next = shelf.takeNext(open.room(), packSize / FULL);
        if (!next.isEmpty()) {
            move(next, open);
            return;
        }
        // So many tiny chunks that the pack is far from full get no padding up to its size.
        full.add(open.count() == PackFormat.MAX_CHUNKS ? open.finishTail() : open.finish());
        open = null;
    }

    private static void move(List<EncodedChunk> chunks, PackWriter writer) {
        try {
            for (EncodedChunk chunk : chunks) {
                writer.add(chunk);
                chunk.close();
            }
        } finally {
            // Those after one that failed belong to nobody else.
            chunks.forEach(EncodedChunk::close);
        }
    }

    private interface Step {
        void run(List<SealedPack> full);
    }

    /** Until {@code step} has gone well, this counts as failed; what it made before it failed is thrown away. */
    private List<SealedPack> attempt(Step step) {
        if (failed) {
            throw new IllegalStateException("packing failed before or was closed: nothing more can be packed");
        }
        failed = true;
        List<SealedPack> full = new ArrayList<>();
        try {
            step.run(full);
            failed = false;
            return List.copyOf(full);
        } finally {
            if (failed) {
                full.forEach(SealedPack::close);
            }
        }
    }

    private void requireFitsEmptyPack(EncodedChunk chunk) {
        int room = PackWriter.emptyRoom(packSize);
        boolean allowed = Math.max(chunk.rawSize(), chunk.encodedSize()) <= PackFormat.MAX_CHUNK_BYTES;
        if (!allowed || PackWriter.cost(suite, chunk.encodedSize()) > room) {
            chunk.close();
            throw new IllegalArgumentException(
                    chunk + " is too large: a chunk has at most " + PackFormat.MAX_CHUNK_BYTES
                            + " bytes, and an empty pack of " + packSize + " bytes room for " + room);
        }
    }

    private static int requireAllowed(int packSize) {
        if (packSize < PackFormat.MIN_PACK_SIZE || packSize > PackFormat.MAX_PACK_SIZE) {
            throw new IllegalArgumentException("pack size must be " + PackFormat.MIN_PACK_SIZE + " to "
                    + PackFormat.MAX_PACK_SIZE + " bytes, was " + packSize);
        }
        return packSize;
    }
}
