package dev.dsync.pipeline.sync;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.source.RelativePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The chunks that are on their way to a target, and the versions that wait for them: a version is recorded once the last
 * of its chunks is stored, never before. Safe for use by many threads.
 */
final class UnstoredChunks {

    /** What is to be written down once the chunks it speaks of are stored. */
    private static final class Waiting {
        final Runnable writing;
        int missing;

        Waiting(Runnable writing) {
            this.writing = writing;
        }
    }

    private final Catalog catalog;
    private final Predicate<ChunkId> held;
    private final Consumer<Version> recorded;
    private final Map<ChunkId, List<Waiting>> waitingFor = new HashMap<>();

    /**
     * @param held whether a chunk need not be stored
     * @param recorded hears of each version once it is recorded */
    UnstoredChunks(Catalog catalog, Predicate<ChunkId> held, Consumer<Version> recorded) {
        this.catalog = catalog;
        this.held = held;
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
        if (held.test(chunk)) {
            settle(List.of(chunk));
            return false;
        }
        return true;
    }

    /** Records the version as soon as all its chunks are stored. */
    void record(Version version, ChunkList chunks, OptionalLong stamp) {
        whenStored(chunks, () -> {
            catalog.versions().record(version, chunks, stamp);
            recorded.accept(version);
        });
    }

    /** Remembers, as soon as all its chunks are stored, that a path still holds what the catalog says. */
    void saw(RelativePath path, ChunkList chunks, OptionalLong stamp) {
        whenStored(chunks, () -> catalog.versions().saw(path, stamp));
    }

    private void whenStored(ChunkList chunks, Runnable writing) {
        Waiting waiting = new Waiting(writing);
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
        writing.run();
    }

    /** How many chunks are on their way. */
    synchronized int count() {
        return waitingFor.size();
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
        complete.forEach(waiting -> waiting.writing.run());
    }
}
