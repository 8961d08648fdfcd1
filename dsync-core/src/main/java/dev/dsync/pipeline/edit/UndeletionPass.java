package dev.dsync.pipeline.edit;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.catalog.WriterId;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.pipeline.EditReport;
import dev.dsync.pipeline.Overwrite;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.pipeline.restore.RestorePass;
import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Brings deleted paths back as they were last, first the files in the synced folder, then the entries in the vault: if it
 * ends between the two, the next sync finds the files and does the rest. Nothing that is there is replaced. One object
 * makes one pass.
 */
public final class UndeletionPass {

    private final VaultParts vault;
    private final Path folder;
    private final CommitSettings settings;
    private final BooleanSupplier stop;
    private final List<FileFailure> failed = Collections.synchronizedList(new ArrayList<>());
    private final TreeMap<RelativePath, Version> returning = new TreeMap<>();

    /** An undeletion in {@code vault} and in the synced folder {@code folder}. */
    public UndeletionPass(VaultParts vault, Path folder, CommitSettings settings, BooleanSupplier stop) {
        this.vault = vault;
        this.folder = folder;
        this.settings = settings;
        this.stop = stop;
    }

    /** Brings back the paths that are wanted and deleted, and the deleted folders above them. */
    public EditReport run(Predicate<RelativePath> wanted) throws IOException, InterruptedException {
        try (ByteBudget budget = vault.newBudget()) {
            CommitWriter commits = new CommitWriter(vault, settings, budget);
            commits.resume();
            commits.catchUp();
            // What no commit carries yet would be replaced by what is recorded now, and be gone.
            commits.commit();
            choose(wanted);
            bringBackFiles();
            record();
            commits.commit();
            vault.catalog().flush();
            return new EditReport(List.copyOf(returning.keySet()), failed);
        }
    }

    private void choose(Predicate<RelativePath> wanted) {
        List<Version> chosen = new ArrayList<>();
        try (Cursor<Listed> tree =
                vault.catalog().versions().tree(RelativePath.ROOT, Version.UNCOMMITTED, Scope.WITH_DELETED)) {
            while (tree.hasNext()) {
                Listed listed = tree.next();
                if (listed.number() < listed.versions()
                        && wanted.test(listed.version().path())) {
                    chosen.add(listed.version());
                }
            }
        }
        leaveOutWhatIsOlderThanItsPlace(chosen);
        for (Version version : chosen) {
            if (isFree(version)) {
                returning.put(version.path(), version);
                chooseAbove(version.path());
            }
        }
    }

    /** Below a path that was a file at last lies only what was there when the path was still a folder. */
    private static void leaveOutWhatIsOlderThanItsPlace(List<Version> chosen) {
        Set<RelativePath> files = chosen.stream()
                .filter(version -> version.kind() != VersionKind.FOLDER)
                .map(Version::path)
                .collect(Collectors.toSet());
        chosen.removeIf(version -> liesBelowAny(files, version.path()));
    }

    private static boolean liesBelowAny(Set<RelativePath> files, RelativePath path) {
        for (RelativePath above = path; !above.isRoot(); above = above.parent()) {
            if (files.contains(above.parent())) {
                return true;
            }
        }
        return false;
    }

    /** A folder may be there already; anything else is not replaced. */
    private boolean isFree(Version version) {
        Path place = version.path().under(folder);
        boolean free = !Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                || version.kind() == VersionKind.FOLDER && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS);
        if (!free) {
            failed.add(new FileFailure(
                    version.path().value(), "something is there already: sync it, or move it away, and try again"));
        }
        return free;
    }

    private void chooseAbove(RelativePath path) {
        for (RelativePath above = path; !above.isRoot(); above = above.parent()) {
            Optional<Version> newest = vault.catalog().versions().newest(above).map(Known::version);
            if (newest.isPresent() && newest.get().deleted() && !returning.containsKey(above)) {
                vault.catalog().versions().history(above).stream()
                        .filter(version -> !version.deleted())
                        .reduce((first, second) -> second)
                        .filter(version -> version.kind() == VersionKind.FOLDER)
                        .ifPresent(version -> returning.put(version.path(), version));
            }
        }
    }

    private void bringBackFiles() throws IOException, InterruptedException {
        Set<RelativePath> restored = Collections.synchronizedSet(new HashSet<>());
        Set<String> trouble = Collections.synchronizedSet(new HashSet<>());
        RestoreOptions options = new RestoreOptions(
                returning::containsKey, folder, Version.UNCOMMITTED, Overwrite.NEVER, true, false, stop);
        RestoreReport report = new RestorePass(vault, options, event -> {
                    if (event instanceof RestoreEvent.FileRestored file) {
                        restored.add(file.path());
                    } else if (event instanceof RestoreEvent.FileFailed file) {
                        trouble.add(file.failure().path());
                    }
                })
                .run();
        failed.addAll(report.failed());
        returning
                .values()
                .removeIf(version -> version.kind() == VersionKind.FOLDER
                        ? trouble.contains(version.path().value()) || report.interrupted()
                        : !restored.contains(version.path()));
    }

    private void record() {
        WriterId writer = new HomeFacts(vault.catalog().home()).writer().orElseThrow();
        for (Version version : returning.values()) {
            vault.catalog()
                    .versions()
                    .record(version.again(writer), vault.catalog().versions().chunks(version), OptionalLong.empty());
        }
    }
}
