package dev.dsync.pipeline.edit;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.catalog.WriterId;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.pipeline.EditReport;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.content.StoredContent;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Deletes paths softly: they count as deleted, their content stays. The local copies go too, but only of what is stored
 * just so and found on the targets, and only after the deletion is committed. One object makes one pass.
 */
public final class RemovalPass {

    private final VaultParts vault;
    private final Path folder;
    private final CommitSettings settings;
    private final List<FileFailure> failed = new ArrayList<>();
    private final TreeMap<RelativePath, Optional<LocalCopy>> leaving = new TreeMap<>();

    /** A removal from {@code vault} and from the synced folder {@code folder}. */
    public RemovalPass(VaultParts vault, Path folder, CommitSettings settings) {
        this.vault = vault;
        this.folder = folder;
        this.settings = settings;
    }

    /** Removes the paths that are wanted and exist in the vault. */
    public EditReport run(Predicate<RelativePath> wanted) throws IOException, InterruptedException {
        try (ByteBudget budget = vault.newBudget()) {
            CommitWriter commits = new CommitWriter(vault, settings, budget);
            commits.resume();
            commits.catchUp();
            // What no commit carries yet would be replaced by what is recorded now, and be gone.
            commits.commit();
            List<Version> versions = wanted(wanted);
            StoredContent content = new StoredContent(vault);
            for (Version version : versions) {
                if (version.kind() != VersionKind.FOLDER) {
                    look(version, content);
                }
            }
            Collections.reverse(versions);
            for (Version version : versions) {
                if (version.kind() == VersionKind.FOLDER) {
                    lookAtFolder(version);
                }
            }
            record(versions);
            commits.commit();
            vault.catalog().flush();
            removeLocalCopies();
            return new EditReport(List.copyOf(leaving.keySet()), failed);
        }
    }

    private List<Version> wanted(Predicate<RelativePath> wanted) {
        List<Version> versions = new ArrayList<>();
        try (Cursor<Known> live = vault.catalog().versions().liveBelow(RelativePath.ROOT)) {
            while (live.hasNext()) {
                Version version = live.next().version();
                if (wanted.test(version.path())) {
                    versions.add(version);
                }
            }
        }
        return versions;
    }

    private void look(Version version, StoredContent content) {
        try {
            content.require(version);
            leaving.put(version.path(), LocalCopy.of(folder, version));
        } catch (IOException e) {
            failed.add(FileFailure.of(version.path(), e));
        } catch (InvalidPathException e) {
            // This system cannot have such a name, so there is no copy here.
            leaving.put(version.path(), Optional.empty());
        }
    }

    /** A folder goes if nothing stays in it; otherwise it is no failure: the next sync would find it again. */
    private void lookAtFolder(Version version) {
        try {
            Optional<LocalCopy> copy = LocalCopy.of(folder, version);
            boolean emptied = copy.isEmpty() || isEmptied(version.path());
            if (emptied && !staysAbove(version.path())) {
                leaving.put(version.path(), copy);
            }
        } catch (IOException e) {
            failed.add(FileFailure.of(version.path(), e));
        } catch (InvalidPathException e) {
            leaving.put(version.path(), Optional.empty());
        }
    }

    private boolean isEmptied(RelativePath path) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path.under(folder))) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!leaving.containsKey(path.resolve(name))) {
                    return false;
                }
            }
            return true;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (IllegalArgumentException e) {
            // A name that no vault can hold: it stays.
            return false;
        }
    }

    /** Whether something below the folder exists in the vault and stays. */
    private boolean staysAbove(RelativePath path) {
        try (Cursor<Known> below = vault.catalog().versions().liveBelow(path)) {
            while (below.hasNext()) {
                RelativePath one = below.next().version().path();
                if (!one.equals(path) && !leaving.containsKey(one)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void record(List<Version> versions) {
        WriterId writer = new HomeFacts(vault.catalog().home()).writer().orElseThrow();
        for (Version version : versions) {
            if (leaving.containsKey(version.path())) {
                vault.catalog()
                        .versions()
                        .record(version.gone(vault.clock().instant(), writer), ChunkList.EMPTY, OptionalLong.empty());
            }
        }
    }

    /** What a folder holds before the folder itself. */
    private void removeLocalCopies() {
        for (Map.Entry<RelativePath, Optional<LocalCopy>> one :
                leaving.descendingMap().entrySet()) {
            try {
                if (one.getValue().isPresent()) {
                    one.getValue().get().remove();
                }
            } catch (IOException e) {
                FileFailure failure = FileFailure.of(one.getKey(), e);
                failed.add(new FileFailure(
                        failure.path(),
                        "is marked as deleted, but its copy here could not be removed: " + failure.reason()
                                + "; the next sync stores it as a new version"));
            }
        }
    }
}
