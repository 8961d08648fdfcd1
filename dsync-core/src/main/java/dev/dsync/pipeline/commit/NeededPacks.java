package dev.dsync.pipeline.commit;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackId;
import dev.dsync.source.RelativePath;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The packs on which versions rely that no commit carries yet. Another writer who prunes knows nothing of these versions
 * and may take such a pack out of the vault; it is kept then, for its blobs are deleted a day later at the earliest.
 */
final class NeededPacks {

    private record Needed(PackDirectory directory, List<StoredCopy> copies) {}

    private final Catalog catalog;
    private final Map<PackId, Needed> needed = new TreeMap<>();

    /** What is needed now. */
    NeededPacks(Catalog catalog) {
        this.catalog = catalog;
        if (!catalog.commits().hasUncommitted()) {
            return;
        }
        try (Cursor<Known> live = catalog.versions().liveBelow(RelativePath.ROOT)) {
            while (live.hasNext()) {
                Version version = live.next().version();
                if (version.sequence() == Version.UNCOMMITTED) {
                    catalog.versions().chunks(version).forEach(this::need);
                }
            }
        }
    }

    private void need(ChunkId chunk) {
        for (ChunkPlace place : catalog.packs().locate(chunk)) {
            needed.computeIfAbsent(
                    place.pack().id(),
                    id -> new Needed(catalog.packs().directory(id), place.pack().copies()));
        }
    }

    /** Puts back those of them that are gone from the catalog meanwhile. */
    void keep() {
        needed.forEach((id, pack) -> {
            if (catalog.packs().find(id).isEmpty()) {
                catalog.packs().record(pack.directory(), pack.copies());
            }
        });
    }
}
