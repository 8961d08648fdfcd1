package dev.dsync.pipeline;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The chunks that are on their way to a target, and the versions that wait for them: a version is recorded once the last
 * of its chunks is stored, never before. Safe for use by many threads.
 */
final class UnstoredChunks {

    /** A version that waits for chunks. */
    private static final class Waiting {
        final Version version;
        final ChunkList chunks;
        final OptionalLong stamp;
        int missing;

        Waiting(Version version, ChunkList chunks, OptionalLong stamp) {
            this.version = version;
            this.chunks = chunks;
            this.stamp = stamp;
        }
    }

    private final Catalog catalog;
    private final Consumer<Version> recorded;
    private final Map<ChunkId, List<Waiting>> waitingFor = new HashMap<>();

    /** @param recorded hears of each version once it is recorded */
    UnstoredChunks(Catalog catalog, Consumer<Version> recorded) {
        this.catalog = catalog;
        this.recorded = recorded;
    }

    /** Whether the caller should store this chunk: nobody holds it and nobody else is about to store it. */
    boolean claim(ChunkId chunk) {
        synchronized (this) {
            if (waitingFor.containsKey(chunk)) {
                return false;
            }
            waitingFor.put(chunk, new ArrayList<>(1));
        }
        if (catalog.packs().holds(chunk)) {
            settle(List.of(chunk));
            return false;
        }
        return true;
    }

    /** Records the version as soon as all its chunks are stored. */
    void record(Version version, ChunkList chunks, OptionalLong stamp) {
        Waiting waiting = new Waiting(version, chunks, stamp);
        synchronized (this) {
            for (ChunkId chunk : chunks) {
                List<Waiting> others = waitingFor.get(chunk);
                if (others != null) {
                    others.add(waiting);
                    waiting.missing++;
                }
            }
            if (waiting.missing > 0) {
                return;
            }
        }
        write(waiting);
    }

    /** Records a pack that was stored, and the versions that waited for nothing else. */
    void stored(PackDirectory pack, List<StoredCopy> copies) {
        catalog.packs().record(pack, copies);
        settle(pack.entries().stream().map(PackEntry::id).toList());
    }

    private void settle(List<ChunkId> chunks) {
        List<Waiting> complete = new ArrayList<>();
        synchronized (this) {
            for (ChunkId chunk : chunks) {
                List<Waiting> waiting = waitingFor.remove(chunk);
                for (Waiting one : waiting == null ? List.<Waiting>of() : waiting) {
                    if (--one.missing == 0) {
                        complete.add(one);
                    }
                }
            }
        }
        complete.forEach(this::write);
    }

    private void write(Waiting waiting) {
        catalog.versions().record(waiting.version, waiting.chunks, waiting.stamp);
        recorded.accept(waiting.version);
    }
}
