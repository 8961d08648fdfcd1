package dev.dsync.pipeline.loss;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackEntry;
import dev.dsync.pipeline.loss.Reach.Standing;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files of which a part lies only on targets that no line of {@code webhooks.txt} names. It counts as held, for the
 * lines may come back; until then nobody can read it.
 */
public final class OutOfReach {

    /** The files, and the targets without a line. */
    public record Found(List<RelativePath> files, Set<TargetId> targets) {

        public Found {
            files = List.copyOf(files);
            targets = Set.copyOf(targets);
        }
    }

    private final VaultParts vault;
    private final Reach reach;
    private final HomeFacts home;

    /** What of {@code vault} is out of reach. */
    public OutOfReach(VaultParts vault) {
        this.vault = vault;
        this.reach = new Reach(vault);
        this.home = new HomeFacts(vault.catalog().home());
    }

    /** Looks for them; where nothing was out of reach with the same targets before, that is known at once. */
    public Found find() {
        Set<TargetId> targets = new HashSet<>();
        boolean news = false;
        for (KnownTarget target : vault.catalog().targets().all()) {
            boolean missing = target.packs() > 0 && reach.of(target.id()) == Standing.NOT_CONFIGURED;
            if (missing) {
                targets.add(target.id());
                news |= !home.reachSettled(target.id());
            } else if (home.reachSettled(target.id())) {
                home.setReachSettled(target.id(), false);
            }
        }
        if (!news) {
            return new Found(List.of(), Set.of());
        }
        Set<ChunkId> chunks = chunks();
        List<RelativePath> files = chunks.isEmpty() ? List.of() : new LostFiles(vault).filesOf(chunks);
        if (files.isEmpty()) {
            targets.forEach(target -> home.setReachSettled(target, true));
            vault.catalog().flush();
        }
        return new Found(files, targets);
    }

    private Set<ChunkId> chunks() {
        Packs packs = vault.catalog().packs();
        Set<ChunkId> chunks = new HashSet<>();
        try (Cursor<StoredPack> all = packs.ofContent()) {
            while (all.hasNext()) {
                StoredPack pack = all.next();
                if (reach.inUse(pack) && !reach.expected(pack)) {
                    packs.directory(pack.id()).entries().stream()
                            .map(PackEntry::id)
                            .filter(chunk ->
                                    packs.locate(chunk).stream().noneMatch(place -> reach.expected(place.pack())))
                            .forEach(chunks::add);
                }
            }
        }
        return chunks;
    }
}
