package dev.dsync.catalog;

import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import java.util.List;
import java.util.Optional;

/** Packs, the chunks in them, and where they lie. */
public interface Packs {

    /** A chunk's place: the pack it is in, and its entry there. */
    record ChunkPlace(StoredPack pack, PackEntry entry) {}

    /** One piece of a file that lies in a pack: the caller's number of the file and where in it the chunk belongs. */
    record PlannedChunk(PackEntry entry, int file, long offset) {}

    /** What to take from one pack: its chunks in the order they lie there. */
    record PackPlan(StoredPack pack, List<PlannedChunk> chunks) {

        public PackPlan {
            chunks = List.copyOf(chunks);
        }
    }

    /** Gathers what many files need, to be read pack by pack, each pack once. Lives on disk, not in memory. */
    interface ReadPlan extends AutoCloseable {

        /**
         * Adds a file.
         *
         * @param file the caller's number for it
         * @return the chunks that lie in no recorded pack with a copy; empty when all is well, and only then is the file
         *     part of the plan
         */
        List<ChunkId> add(int file, ChunkList chunks);

        /** Packs in the order in which the added files first need them. Nothing may be added any more. */
        Cursor<PackPlan> packs();

        @Override
        void close();
    }

    /**
     * Totals over packs: how many, their bytes counting each copy, and over their chunks. A classic part is a chunk of
     * its own length.
     */
    record Totals(long packs, long storedBytes, long chunks, long rawChunkBytes, long encodedChunkBytes) {}

    /** Whether the chunk lies in a recorded pack of content that has a copy on a target that is not retired. */
    boolean holds(ChunkId chunk);

    /** Where the chunk lies: every recorded pack that has it, those with a copy on an active target first. */
    List<ChunkPlace> locate(ChunkId chunk);

    /**
     * Records a pack that was stored, not committed yet. A removal of it that no commit carries yet is taken back.
     *
     * @throws IllegalArgumentException if it is recorded already
     */
    void record(PackDirectory directory, List<StoredCopy> copies);

    /**
     * Replaces the copies of a recorded pack.
     *
     * @throws IllegalArgumentException if it is not recorded
     */
    void relocate(PackId pack, List<StoredCopy> copies);

    /** Takes a pack and what it holds out of the catalog. Versions keep their chunks. Does nothing if it is not there. */
    void remove(PackId pack);

    /** The pack, if recorded. */
    Optional<StoredPack> find(PackId pack);

    /**
     * What a recorded pack holds.
     *
     * @throws IllegalArgumentException if it is not recorded
     */
    PackDirectory directory(PackId pack);

    /** All recorded packs of a kind, in the order they were recorded. */
    Cursor<StoredPack> all(PackKind kind);

    /** All recorded packs that hold content, not the catalog: those of data, then classic parts. */
    default Cursor<StoredPack> ofContent() {
        return Cursor.joined(all(PackKind.DATA), all(PackKind.CLASSIC));
    }

    /** A new, empty plan. */
    ReadPlan plan();

    /** Totals over all recorded packs. */
    Totals totals();
}
