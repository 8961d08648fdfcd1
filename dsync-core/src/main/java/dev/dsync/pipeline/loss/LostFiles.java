package dev.dsync.pipeline.loss;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The files of which a part lay only where it is lost. This home forgets that it saw them, so the next pass reads them
 * again and stores what is missing. Each retired target is looked at once.
 */
public final class LostFiles {

    private final VaultParts vault;
    private final HomeFacts home;

    public LostFiles(VaultParts vault) {
        this.vault = vault;
        this.home = new HomeFacts(vault.catalog().home());
    }

    /** Finds the files that exist and lost content with targets that are newly gone; most often none is, which is known at once. */
    public List<RelativePath> find() {
        return find(new PackTrust(vault, new Reach(vault)), Set.of());
    }

    /** Finds the files that exist and lost content with targets newly gone or with these packs. */
    List<RelativePath> find(PackTrust trust, Set<PackId> newlyLost) {
        Set<TargetId> retired = new HashSet<>();
        for (KnownTarget target : vault.catalog().targets().all()) {
            if (target.state() == KnownTarget.State.RETIRED) {
                retired.add(target.id());
            }
        }
        List<TargetId> news =
                retired.stream().filter(target -> !home.lossSettled(target)).toList();
        if (news.isEmpty() && newlyLost.isEmpty()) {
            return List.of();
        }
        Set<ChunkId> lost = new HashSet<>();
        newlyLost.forEach(pack -> addLost(pack, trust, lost));
        if (!news.isEmpty()) {
            addLostWith(retired, trust, lost);
        }
        List<RelativePath> files = lost.isEmpty() ? List.of() : filesOf(lost);
        files.forEach(path -> vault.catalog().versions().saw(path, OptionalLong.empty()));
        vault.catalog().flush();
        news.forEach(home::setLossSettled);
        vault.catalog().targets().all().forEach(target -> home.setReachSettled(target.id(), false));
        vault.catalog().flush();
        return files;
    }

    private void addLostWith(Set<TargetId> retired, PackTrust trust, Set<ChunkId> lost) {
        try (Cursor<StoredPack> all = vault.catalog().packs().ofContent()) {
            while (all.hasNext()) {
                StoredPack pack = all.next();
                if (pack.copies().stream().allMatch(copy -> retired.contains(copy.target()))) {
                    addLost(pack.id(), trust, lost);
                }
            }
        }
    }

    private void addLost(PackId pack, PackTrust trust, Set<ChunkId> lost) {
        vault.catalog().packs().directory(pack).entries().stream()
                .map(PackEntry::id)
                .filter(chunk -> !trust.holds(chunk))
                .forEach(lost::add);
    }

    /** The files that exist and need one of these chunks. */
    public List<RelativePath> filesOf(Set<ChunkId> lost) {
        List<RelativePath> files = new ArrayList<>();
        try (Cursor<Versions.Known> live = vault.catalog().versions().liveBelow(RelativePath.ROOT)) {
            while (live.hasNext()) {
                Versions.Known known = live.next();
                if (known.version().kind() == VersionKind.FILE && anyOf(known, lost)) {
                    files.add(known.version().path());
                }
            }
        }
        return files;
    }

    private boolean anyOf(Versions.Known known, Set<ChunkId> lost) {
        for (ChunkId chunk : vault.catalog().versions().chunks(known.version())) {
            if (lost.contains(chunk)) {
                return true;
            }
        }
        return false;
    }
}
