package dev.dsync.pipeline.edit;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackId;
import dev.dsync.pipeline.ClassicFile;
import dev.dsync.pipeline.ImportReport;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Takes into the vault what somebody else stored in the classic layout: nothing is read or uploaded but the commit. All
 * of it or nothing is adopted. A file that was adopted before stays as it is; what the vault stored itself is never
 * replaced. One object makes one pass.
 */
public final class ImportPass {

    /** Of a file from elsewhere nobody knows who may read it. */
    private static final int MODE = 0644;

    private final VaultParts vault;
    private final SyncOptions options;
    private final Predicate<BlobAddress> lasting;
    private final Versions versions;
    private final Packs packs;
    private final HomeFacts home;
    private final List<RelativePath> deleted = new ArrayList<>();
    private final List<FileFailure> skipped = new ArrayList<>();
    private long files;
    private long unchanged;

    /** @param lasting tells addresses that stay good from those that may end: the former take the place of the latter */
    public ImportPass(VaultParts vault, SyncOptions options, Predicate<BlobAddress> lasting) {
        this.vault = vault;
        this.options = options;
        this.lasting = lasting;
        this.versions = vault.catalog().versions();
        this.packs = vault.catalog().packs();
        this.home = new HomeFacts(vault.catalog().home());
    }

    /**
     * Makes the pass.
     *
     * @throws IOException if the source fails or the commit cannot be made; in the first case nothing is to be flushed
     */
    public ImportReport run(ClassicFile.Source source) throws IOException, InterruptedException {
        try (ByteBudget budget = vault.newBudget()) {
            CommitWriter commits = new CommitWriter(vault, options.commits(), budget, bytes -> {});
            commits.resume();
            commits.catchUp();
            source.forEach(this::adopt);
            commits.commit();
            // A commit has one version of a path: what was deleted is first adopted, then deleted.
            deleted.forEach(this::delete);
            commits.commit();
            vault.catalog().flush();
        }
        return new ImportReport(files, unchanged, skipped);
    }

    private void adopt(ClassicFile file) {
        Optional<Known> newest = versions.newest(file.path());
        boolean known =
                newest.isPresent() && versions.history(file.path()).stream().anyMatch(version -> isOf(file, version));
        if (!known && newest.isPresent() && !mayFollow(newest.get())) {
            boolean twice = newest.get().version().sequence() == Version.UNCOMMITTED;
            skip(file, twice ? "another entry has the same path" : "the vault has a version of its own, which stays");
            return;
        }
        file.parts().forEach(this::adopt);
        if (known) {
            unchanged++;
        } else {
            record(file);
        }
        if (file.deleted() && (!known || isImportedOnly(newest.get()))) {
            deleted.add(file.path());
        }
    }

    private static boolean isOf(ClassicFile file, Version version) {
        return version.layout().classic() && version.sha256().equals(Optional.of(file.sha256()));
    }

    /** Whether the original's newer state of a path may follow what is recorded: only upon another import. */
    private static boolean mayFollow(Known newest) {
        return isImportedOnly(newest) && newest.version().sequence() != Version.UNCOMMITTED;
    }

    private static boolean isImportedOnly(Known newest) {
        return newest.version().layout().imported() && newest.stamp().isEmpty();
    }

    private void skip(ClassicFile file, String reason) {
        skipped.add(new FileFailure(file.path().value(), reason));
    }

    private void record(ClassicFile file) {
        files++;
        Version version = new Version(
                file.path(),
                VersionKind.FILE,
                file.size(),
                file.modified(),
                MODE,
                Optional.of(file.sha256()),
                Optional.empty(),
                Version.UNCOMMITTED,
                home.writer().orElseThrow(),
                file.layout().asImported());
        ChunkList.Builder chunks = new ChunkList.Builder();
        file.parts().forEach(part -> chunks.add(vault.seals().classicPart(id(part))));
        versions.record(version, chunks.build(), OptionalLong.empty());
    }

    private static PackId id(ClassicFile.Part part) {
        return PackId.of(part.sha256().toBytes());
    }

    private void adopt(ClassicFile.Part part) {
        vault.catalog().targets().remember(part.copy().target());
        PackId id = id(part);
        Optional<StoredPack> known = packs.find(id);
        if (known.isEmpty()) {
            packs.record(
                    PackDirectory.ofClassicPart(id, vault.seals().classicPart(id), part.size()), List.of(part.copy()));
            return;
        }
        List<StoredCopy> copies = with(known.get().copies(), part.copy());
        if (!copies.equals(known.get().copies())) {
            packs.relocate(id, copies);
        }
    }

    /** One copy a target: the first that lasts, else the latest. */
    private List<StoredCopy> with(List<StoredCopy> copies, StoredCopy other) {
        List<StoredCopy> all = new ArrayList<>(copies);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).target().equals(other.target())) {
                if (!lasting.test(all.get(i).address())) {
                    all.set(i, other);
                }
                return all;
            }
        }
        all.add(other);
        return all;
    }

    private void delete(RelativePath path) {
        versions.record(
                new Version(
                        path,
                        VersionKind.DELETED,
                        0,
                        vault.clock().instant(),
                        MODE,
                        Optional.empty(),
                        Optional.empty(),
                        Version.UNCOMMITTED,
                        home.writer().orElseThrow()),
                ChunkList.EMPTY,
                OptionalLong.empty());
    }
}
