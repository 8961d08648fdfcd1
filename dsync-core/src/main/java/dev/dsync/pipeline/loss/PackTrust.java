package dev.dsync.pipeline.loss;

import dev.dsync.catalog.Packs;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.parts.VaultParts;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which packs count in one pass: those that are recorded, less those of which no good copy is known to be left. Safe for
 * use by many threads.
 */
public final class PackTrust {

    private final Packs packs;
    private final Reach reach;
    private final Set<PackId> doubted = ConcurrentHashMap.newKeySet();

    public PackTrust(VaultParts vault, Reach reach) {
        this.packs = vault.catalog().packs();
        this.reach = reach;
    }

    /** What lies in this pack does not count any more. */
    void doubt(PackId pack) {
        doubted.add(pack);
    }

    /** The packs that do not count. */
    public List<PackId> doubted() {
        return List.copyOf(doubted);
    }

    /** Whether the chunk lies in a pack that counts. */
    public boolean holds(ChunkId chunk) {
        if (!packs.holds(chunk)) {
            return false;
        }
        return doubted.isEmpty()
                || packs.locate(chunk).stream()
                        .map(Packs.ChunkPlace::pack)
                        .anyMatch(pack ->
                                pack.kind() != PackKind.CATALOG && !doubted.contains(pack.id()) && reach.inUse(pack));
    }

    /** Whether everything in the pack lies in packs that count. */
    public boolean replaces(PackId pack) {
        return packs.directory(pack).entries().stream().map(PackEntry::id).allMatch(this::holds);
    }
}
