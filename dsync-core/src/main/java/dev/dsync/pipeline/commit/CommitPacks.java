package dev.dsync.pipeline.commit;

import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.loss.Reach;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where the catalog packs of a commit lie, those beside it included: for these the root says where. */
public final class CommitPacks {

    private CommitPacks() {}

    /** The commit's packs by id, each with its copies. */
    public static Map<PackId, Commit.CatalogPack> located(Commit commit, Root root) throws DamagedVaultException {
        Map<PackId, Commit.CatalogPack> located = new LinkedHashMap<>();
        int beside = 0;
        for (Commit.CatalogPack pack : commit.packs()) {
            located.put(pack.id(), pack.besideCommit() ? beside(pack, root, beside++) : pack);
        }
        return located;
    }

    /** Whether a part of the catalog lies only on targets that are gone for good: then no other home could read it. */
    static boolean anyLost(Commit commit, Root root, Reach reach) throws DamagedVaultException {
        return located(commit, root).values().stream()
                .anyMatch(pack ->
                        pack.copies().stream().allMatch(copy -> reach.of(copy.target()) == Reach.Standing.RETIRED));
    }

    private static Commit.CatalogPack beside(Commit.CatalogPack pack, Root root, int place)
            throws DamagedVaultException {
        List<StoredCopy> copies = new ArrayList<>();
        for (Root.Copy copy : root.copies()) {
            if (place < copy.beside().size()) {
                copies.add(new StoredCopy(copy.target(), copy.beside().get(place)));
            }
        }
        if (copies.isEmpty()) {
            throw new DamagedVaultException(
                    "the root does not say where catalog pack " + pack.id() + " of commit "
                            + root.commit().sequence() + " lies",
                    null);
        }
        return new Commit.CatalogPack(pack.id(), pack.size(), copies);
    }

    /** Every blob the commit has that the commit before it had not, its own copies and its new catalog packs': its bytes. */
    static Map<StoredCopy, Long> added(Commit commit, Root root, Optional<Commit> before) throws DamagedVaultException {
        Set<PackId> old = new HashSet<>();
        before.ifPresent(base -> base.packs().forEach(pack -> old.add(pack.id())));
        Map<StoredCopy, Long> blobs = new LinkedHashMap<>();
        root.copies()
                .forEach(copy -> blobs.put(new StoredCopy(copy.target(), copy.commit()), (long) root.commitLength()));
        for (Commit.CatalogPack pack : located(commit, root).values()) {
            if (!old.contains(pack.id())) {
                pack.copies().forEach(copy -> blobs.put(copy, (long) pack.size()));
            }
        }
        return blobs;
    }

    /** The packs of the commit before that still hold live segments, with all their copies. */
    static List<Commit.CatalogPack> retained(
            Optional<Commit> base, Optional<CommitLog.Head> head, List<Commit.Segment> segments) throws IOException {
        if (base.isEmpty()) {
            return List.of();
        }
        Set<PackId> live = new LinkedHashSet<>();
        segments.forEach(segment -> segment.blocks().forEach(block -> live.add(block.pack())));
        Root root = Root.decode(head.orElseThrow().root().toArray());
        Map<PackId, Commit.CatalogPack> located = located(base.get(), root);
        return live.stream().filter(located::containsKey).map(located::get).toList();
    }
}
