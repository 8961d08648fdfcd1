package dev.dsync.metadata;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where chunks lie, asked for one file after the other: neighbours in a folder lie in the same packs, so the catalog is asked
 * for whole packs, not for each chunk. For one thread, and as long as the catalog does not change.
 */
final class PacksAtHand {

    /** So many packs are at hand; one has up to 65,535 chunks, mostly a few thousand. */
    private static final int PACKS = 8;

    private final Catalog catalog;
    private final Predicate<ChunkPlace> inReach;
    private final Map<PackId, Map<ChunkId, ChunkPlace>> atHand = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PackId, Map<ChunkId, ChunkPlace>> eldest) {
            return size() > PACKS;
        }
    };
    private Map<ChunkId, ChunkPlace> last = Map.of();

    /** @param inReach what is rather told than other places of the same chunk */
    PacksAtHand(Catalog catalog, Predicate<ChunkPlace> inReach) {
        this.catalog = catalog;
        this.inReach = inReach;
    }

    /** One place where the chunk lies, in reach if any is; empty if it lies nowhere. */
    Optional<ChunkPlace> place(ChunkId chunk) {
        ChunkPlace place = last.get(chunk);
        if (place != null) {
            return Optional.of(place);
        }
        for (Map<ChunkId, ChunkPlace> pack : atHand.values()) {
            if (pack.containsKey(chunk)) {
                last = pack;
                return Optional.of(pack.get(chunk));
            }
        }
        return find(chunk);
    }

    private Optional<ChunkPlace> find(ChunkId chunk) {
        ChunkPlace best = null;
        for (ChunkPlace place : catalog.packs().locate(chunk)) {
            if (best == null || !inReach.test(best) && inReach.test(place)) {
                best = place;
            }
        }
        if (best != null && inReach.test(best)) {
            Map<ChunkId, ChunkPlace> pack = new HashMap<>();
            for (PackEntry entry : catalog.packs().directory(best.pack().id()).entries()) {
                pack.putIfAbsent(entry.id(), new ChunkPlace(best.pack(), entry));
            }
            atHand.put(best.pack().id(), pack);
            last = pack;
        }
        return Optional.ofNullable(best);
    }
}
