package dev.dsync.pipeline.sync;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.catalog.WriterId;
import dev.dsync.pipeline.SuddenlyEmptyException;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.parts.FileStates;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.StopRequestedException;
import dev.dsync.source.Fate;
import dev.dsync.source.FileKind;
import dev.dsync.source.FileMeta;
import dev.dsync.source.RelativePath;
import dev.dsync.source.SourceFile;
import dev.dsync.source.SourceFolder;
import dev.dsync.source.SourceTree;
import dev.dsync.source.SourceWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Walks the synced folder beside the catalog and tells what differs. Reads no file's content. */
final class TreeComparison {

    /**
     * Something the catalog has and the tree has not.
     *
     * @param itself whether its own path is empty too; if not, something else took a folder's place, and only what was
     *     below is missing
     */
    private record Missing(Version version, boolean itself) {}

    private final Catalog catalog;
    private final SourceTree tree;
    private final SyncOptions options;
    private final Optional<WriterId> self;
    private final Tally tally;
    private final Changes changes;
    private final SyncEvent.Listener listener;
    private final List<Missing> missing = new ArrayList<>();

    TreeComparison(
            Catalog catalog,
            SourceTree tree,
            SyncOptions options,
            Tally tally,
            Changes changes,
            SyncEvent.Listener listener) {
        this.catalog = catalog;
        this.tree = tree;
        this.options = options;
        this.self = new HomeFacts(catalog.home()).writer();
        this.tally = tally;
        this.changes = changes;
        this.listener = listener;
    }

    void run() throws IOException, InterruptedException {
        SourceWalk walk = tree.walk();
        while (walk.hasNext()) {
            SourceFolder folder = walk.next();
            if (folder.path().isRoot()) {
                requireNotSuddenlyEmpty(folder);
            }
            compare(folder);
        }
        for (Missing one : missing) {
            settle(walk, one);
        }
    }

    private void requireNotSuddenlyEmpty(SourceFolder root) throws SuddenlyEmptyException {
        boolean empty = root.failure().isEmpty()
                && root.files().isEmpty()
                && root.subfolders().isEmpty()
                && root.failures().isEmpty();
        long files = empty ? catalog.versions().totals().files() : 0;
        if (files > 0 && !options.allowEmpty()) {
            throw new SuddenlyEmptyException(tree.root(), files);
        }
    }

    private void compare(SourceFolder folder) throws IOException, InterruptedException {
        folder.failure().ifPresent(changes::failed);
        if (folder.failure().isPresent()) {
            return;
        }
        if (!folder.path().isRoot()) {
            compareFolder(folder);
        }
        folder.failures().forEach(changes::failed);
        tally.skipped(folder.skipped());
        Map<String, Known> known = catalog.versions().children(folder.path());
        Set<String> present = new HashSet<>(folder.subfolders());
        for (SourceFile file : folder.files()) {
            requireNotStopped();
            present.add(file.path().name());
            compare(file, Optional.ofNullable(known.get(file.path().name())));
        }
        for (Known child : known.values()) {
            Version version = child.version();
            String name = version.path().name();
            boolean gone = !present.contains(name);
            boolean replacedFolder =
                    version.kind() == VersionKind.FOLDER && !folder.subfolders().contains(name);
            if (!version.deleted() && (gone || replacedFolder)) {
                missing.add(new Missing(version, gone));
            }
        }
        listener.on(new SyncEvent.FolderListed(folder.path(), folder.files().size()));
    }

    private void compareFolder(SourceFolder folder) throws IOException, InterruptedException {
        Optional<Known> known = catalog.versions().newest(folder.path());
        FileMeta meta = folder.meta();
        boolean same = known.isPresent()
                && known.get().version().kind() == VersionKind.FOLDER
                && known.get().version().mode() == meta.mode()
                && FileStates.sameTime(known.get().version().modified(), meta.modified());
        boolean lacksRecord = options.classic().isPresent()
                && !known.map(found -> found.version().layout().classic()).orElse(false);
        if (!same || lacksRecord) {
            changes.folder(folder.path(), meta);
        }
    }

    private void compare(SourceFile file, Optional<Known> known) throws IOException, InterruptedException {
        if (looksUnchanged(file, known)) {
            tally.unchanged.incrementAndGet();
        } else if (file.meta().kind() == FileKind.SYMLINK) {
            changes.link(file, known);
        } else {
            changes.content(file, known);
        }
    }

    private boolean looksUnchanged(SourceFile file, Optional<Known> known) {
        OptionalLong stamp = known.map(Known::stamp).orElse(OptionalLong.empty());
        return stamp.isPresent() && stamp.getAsLong() == file.meta().stamp().value() && !options.readAgain(file.path());
    }

    private void settle(SourceWalk walk, Missing one) throws IOException, InterruptedException {
        RelativePath top = one.version().path();
        List<RelativePath> paths = new ArrayList<>();
        if (one.version().kind() == VersionKind.FOLDER) {
            try (Cursor<Known> below = catalog.versions().liveBelow(top)) {
                below.forEachRemaining(known -> paths.add(known.version().path()));
            }
        } else {
            paths.add(top);
        }
        for (RelativePath path : paths) {
            if (one.itself() || !path.equals(top)) {
                settle(walk, path);
            }
        }
    }

    /** Only what this home has seen, or recorded, can be missed by it: another home's files may never have been here. */
    private void settle(SourceWalk walk, RelativePath path) throws IOException, InterruptedException {
        Optional<Known> newest = catalog.versions().newest(path);
        if (newest.isEmpty() || newest.get().version().deleted()) {
            return;
        }
        Known known = newest.get();
        boolean ours = known.stamp().isPresent()
                || self.equals(Optional.of(known.version().writer()))
                        && !known.version().layout().imported();
        if (ours && walk.fate(path, kind(known.version())) == Fate.GONE) {
            requireNotStopped();
            changes.deleted(known);
        }
    }

    private static FileKind kind(Version version) {
        return switch (version.kind()) {
            case FOLDER -> FileKind.FOLDER;
            case SYMLINK -> FileKind.SYMLINK;
            default -> FileKind.FILE;
        };
    }

    private void requireNotStopped() {
        if (options.stop().getAsBoolean()) {
            throw new StopRequestedException();
        }
    }

    /** Tells whether the catalog's newest state of a path counts as a file that exists, for counting additions. */
    static boolean exists(Optional<Known> known) {
        return known.isPresent()
                && !known.get().version().deleted()
                && known.get().version().kind() != VersionKind.FOLDER;
    }
}
