package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.TargetId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much of each pack is still needed. A chunk that lies in several packs is needed in one of them: one that can be
 * reached, and of those the one that is needed most in any case.
 */
final class PackCensus {

    /**
     * What nobody refers to may be part of a file that is being stored, by this home before it was interrupted or by
     * another: it is left alone for so long, unless a version removed just now was made of it.
     */
    private static final Duration YOUNG = Duration.ofDays(1);

    /** A pack is rewritten for no less than this, in bytes: it costs requests too. */
    private static final long LEAST_GAIN = 64 << 10;

    /** A pack of less than this part of a full one is small. */
    private static final int SMALL = 4;

    /** So many small packs are merged: fewer are no burden, and each chunk is then moved only a few times. */
    private static final int MANY_SMALL = 4;

    /** What is to become of packs. */
    record Plan(List<PackId> dead, List<PackId> rewrite) {}

    private record Counted(
            PackId id, PackKind kind, Suite suite, int size, long live, long total, boolean reachable, boolean mayGo) {}

    private final VaultParts vault;
    private final Catalog catalog;
    private final OldVersions versions;
    private final int packSize;

    PackCensus(VaultParts vault, OldVersions versions, int packSize) {
        this.vault = vault;
        this.catalog = vault.catalog();
        this.versions = versions;
        this.packSize = packSize;
    }

    /** Counts, and decides. */
    Plan take(Ages ages) {
        List<Counted> packs = count(ages);
        packs.sort(Comparator.comparing((Counted pack) -> !pack.reachable())
                .thenComparing(pack -> -(double) pack.live() / Math.max(1, pack.total())));
        ChunkSet claimed = new ChunkSet();
        List<PackId> dead = new ArrayList<>();
        List<PackId> rewrite = new ArrayList<>();
        List<Counted> small = new ArrayList<>();
        for (Counted pack : packs) {
            long live = claim(pack, claimed);
            long gone = pack.total() - live;
            boolean movable = pack.kind() == PackKind.DATA && pack.reachable() && pack.mayGo();
            if (live == 0 && pack.mayGo()) {
                dead.add(pack.id());
            } else if (movable && gone > live && gone >= LEAST_GAIN) {
                rewrite.add(pack.id());
            } else if (movable && pack.size() < packSize / SMALL) {
                small.add(pack);
            }
        }
        if (small.size() >= MANY_SMALL) {
            small.forEach(pack -> rewrite.add(pack.id()));
        }
        return new Plan(dead, rewrite);
    }

    /** All packs but the catalog's own, the newest first. */
    private List<Counted> count(Ages ages) {
        Set<PackId> young = young(ages);
        Set<TargetId> reachable = reachable();
        Deque<Counted> counted = new ArrayDeque<>();
        for (PackKind kind : PackKind.values()) {
            if (kind != PackKind.CATALOG) {
                try (Cursor<StoredPack> all = catalog.packs().all(kind)) {
                    while (all.hasNext()) {
                        StoredPack pack = all.next();
                        counted.addFirst(count(pack, young.contains(pack.id()), reachable));
                    }
                }
            }
        }
        return new ArrayList<>(counted);
    }

    private Counted count(StoredPack pack, boolean young, Set<TargetId> reachable) {
        long live = 0;
        long total = 0;
        boolean known = true;
        for (PackEntry entry : catalog.packs().directory(pack.id()).entries()) {
            int length = weight(entry, pack.suite());
            total += length;
            if (versions.live().contains(entry.id())) {
                live += length;
            } else {
                known &= versions.dropped().contains(entry.id());
            }
        }
        boolean here = pack.copies().stream().anyMatch(copy -> reachable.contains(copy.target()));
        return new Counted(pack.id(), pack.kind(), pack.suite(), pack.size(), live, total, here, known || !young);
    }

    /** What a chunk counts for. Of a classic part no length is known, but it must never count for nothing. */
    private static int weight(PackEntry entry, Suite suite) {
        return Math.max(1, entry.sealedLength(suite));
    }

    /** The bytes of the chunks of a pack that nothing needs. */
    static long needless(PackDirectory pack, ChunkSet live) {
        return pack.entries().stream()
                .filter(entry -> !live.contains(entry.id()))
                .mapToLong(entry -> weight(entry, pack.suite()))
                .sum();
    }

    /** The bytes of this pack's chunks that are needed and that no pack before it has. */
    private long claim(Counted pack, ChunkSet claimed) {
        long live = 0;
        if (pack.live() > 0) {
            for (PackEntry entry : catalog.packs().directory(pack.id()).entries()) {
                if (versions.live().contains(entry.id()) && claimed.add(entry.id())) {
                    live += weight(entry, pack.suite());
                }
            }
        }
        return live;
    }

    private Set<TargetId> reachable() {
        Set<TargetId> reachable = new HashSet<>();
        vault.pool().live().forEach(target -> reachable.add(target.id()));
        for (KnownTarget target : catalog.targets().all()) {
            if (target.state() == KnownTarget.State.RETIRED) {
                reachable.remove(target.id());
            }
        }
        return reachable;
    }

    /** Packs that no commit carries, or one of the last day. */
    private Set<PackId> young(Ages ages) {
        Set<PackId> young = new HashSet<>();
        for (PackKind kind : PackKind.values()) {
            try (Cursor<StoredPack> all = catalog.packs().all(kind)) {
                all.forEachRemaining(pack -> young.add(pack.id()));
            }
        }
        long newest = catalog.commits()
                .head()
                .map(CommitLog.Head::info)
                .map(commit -> commit.sequence())
                .orElse(0L);
        try (Cursor<CatalogRecord> records = catalog.commits().records(0, newest)) {
            boolean more = records.hasNext();
            while (more) {
                CatalogRecord record = records.next();
                if (record instanceof PackContents pack && ages.isPast(pack.sequence(), YOUNG)) {
                    young.remove(pack.directory().id());
                }
                // Copies come right after contents in the order of records.
                more = !(record instanceof PackCopies) && records.hasNext();
            }
        }
        return young;
    }
}
