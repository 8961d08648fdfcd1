package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.chunk.ChunkId;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts the files that exist and of which a part lies on one target alone: what its loss would cost, in files. Where there
 * are several targets, each file's chunks are looked up, some 20 microseconds each.
 */
public final class FilesAtStake {

    private final Catalog catalog;
    private final long mostChunks;

    /** @param mostChunks how many chunks are looked up at most */
    public FilesAtStake(Catalog catalog, long mostChunks) {
        this.catalog = catalog;
        this.mostChunks = mostChunks;
    }

    /** For each target that has something alone, how many files; empty if there is more to look up than allowed. */
    public Optional<Map<TargetId, Long>> count() {
        Set<TargetId> alone = new HashSet<>();
        boolean all = true;
        try (Cursor<StoredPack> packs = catalog.packs().ofContent()) {
            while (packs.hasNext()) {
                StoredPack pack = packs.next();
                if (pack.copies().size() == 1) {
                    alone.add(pack.copies().get(0).target());
                } else {
                    all = false;
                }
            }
        }
        if (alone.isEmpty()) {
            return Optional.of(Map.of());
        }
        return all && alone.size() == 1
                ? Optional.of(everything(alone.iterator().next()))
                : lookedUp();
    }

    /** Where there is one target only, all that has content is on it. */
    private Map<TargetId, Long> everything(TargetId only) {
        long files = 0;
        try (Cursor<Known> live = catalog.versions().liveBelow(RelativePath.ROOT)) {
            while (live.hasNext()) {
                Known known = live.next();
                files += known.version().kind() == VersionKind.FILE
                                && known.version().size() > 0
                        ? 1
                        : 0;
            }
        }
        return Map.of(only, files);
    }

    private Optional<Map<TargetId, Long>> lookedUp() {
        Map<TargetId, Long> files = new HashMap<>();
        long chunks = 0;
        try (Cursor<Known> live = catalog.versions().liveBelow(RelativePath.ROOT)) {
            while (live.hasNext()) {
                Known known = live.next();
                if (known.version().kind() == VersionKind.FILE) {
                    ChunkList content = catalog.versions().chunks(known.version());
                    chunks += content.size();
                    if (chunks > mostChunks) {
                        return Optional.empty();
                    }
                    needed(content).forEach(target -> files.merge(target, 1L, Long::sum));
                }
            }
        }
        return Optional.of(files);
    }

    /** The targets that each have a chunk of this alone. */
    private Set<TargetId> needed(ChunkList content) {
        Set<TargetId> needed = new HashSet<>();
        for (ChunkId chunk : content) {
            Set<TargetId> having = new HashSet<>();
            for (ChunkPlace place : catalog.packs().locate(chunk)) {
                place.pack().copies().stream().map(StoredCopy::target).forEach(having::add);
            }
            if (having.size() == 1) {
                needed.addAll(having);
            }
        }
        return needed;
    }
}
