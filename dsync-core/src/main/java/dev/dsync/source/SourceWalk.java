package dev.dsync.source;

import dev.dsync.source.FolderReader.Listing;
import dev.dsync.source.FolderReader.Subfolder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * One walk down the synced folder, folder by folder: each before those in it, in the order of {@link RelativePath}.
 * Links are never followed. What goes wrong is told by the {@link SourceFolder} it concerns; the walk always goes on.
 *
 * <p>Holds no more than the folders on the way down, the names of their subfolders, and the failures. Not safe for use
 * by several threads.
 */
public final class SourceWalk implements Iterator<SourceFolder> {

    /** A folder on the way down, and those in it that are still to come. */
    private record Level(RelativePath path, Path place, FolderRules rules, Iterator<Subfolder> subfolders) {}

    private final Disk disk;
    private final Path root;
    private final FileMeta rootMeta;
    private final FolderRules outermost;
    private final RulesLookup lookup;

    private final Deque<Level> levels = new ArrayDeque<>();
    private final Set<RelativePath> failedPaths = new HashSet<>();
    private final Set<RelativePath> foldersWithHiddenNames = new HashSet<>();
    private boolean started;

    SourceWalk(Disk disk, Path root, FileMeta rootMeta, FolderRules outermost) {
        this.disk = disk;
        this.root = root;
        this.rootMeta = rootMeta;
        this.outermost = outermost;
        this.lookup = new RulesLookup(disk, root, outermost);
    }

    @Override
    public boolean hasNext() {
        while (!levels.isEmpty() && !levels.peek().subfolders().hasNext()) {
            levels.pop();
        }
        return !started || !levels.isEmpty();
    }

    @Override
    public SourceFolder next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the walk has ended");
        }
        if (!started) {
            started = true;
            return read(RelativePath.ROOT, root, rootMeta, outermost);
        }
        Level level = levels.element();
        Subfolder subfolder = level.subfolders().next();
        return read(
                level.path().resolve(subfolder.name()),
                level.place().resolve(subfolder.name()),
                subfolder.meta(),
                level.rules());
    }

    private SourceFolder read(RelativePath path, Path place, FileMeta seen, FolderRules above) {
        Listing listing = new FolderReader(disk, place, path, above).read(seen);
        levels.push(new Level(path, place, listing.rules(), listing.subfolders().iterator()));
        failedPaths.addAll(listing.failedPaths());
        if (listing.namesHidden()) {
            foldersWithHiddenNames.add(path);
        }
        return listing.folder();
    }

    /**
     * What became of {@code path}, which was once of {@code kind} and which this walk did not deliver.
     *
     * @throws IllegalStateException as long as the walk has not ended
     */
    public Fate fate(RelativePath path, FileKind kind) {
        if (hasNext()) {
            throw new IllegalStateException("the walk has not ended");
        }
        if (isUnknown(path)) {
            return Fate.UNKNOWN;
        }
        return lookup.excludes(path, kind) ? Fate.EXCLUDED : Fate.GONE;
    }

    private boolean isUnknown(RelativePath path) {
        if (failedPaths.isEmpty() && foldersWithHiddenNames.isEmpty()) {
            return false;
        }
        RelativePath reached = RelativePath.ROOT;
        boolean unknown = failedPaths.contains(reached);
        for (String name : path.names()) {
            // A name that cannot be told may be any name beyond ASCII, read under another encoding.
            unknown |= foldersWithHiddenNames.contains(reached) && !PathText.isAscii(name);
            reached = reached.resolve(name);
            unknown |= failedPaths.contains(reached);
        }
        return unknown;
    }
}
