package dev.dsync.source;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists one folder of a walk. Used once. */
final class FolderReader {

    private final Disk disk;
    private final Path place;
    private final RelativePath path;
    private final FolderRules above;

    private final List<SourceFile> files = new ArrayList<>();
    private final List<Subfolder> subfolders = new ArrayList<>();
    private final Set<String> excluded = new HashSet<>();
    private final List<FileFailure> skipped = new ArrayList<>();
    private final List<FileFailure> failures = new ArrayList<>();
    private final Set<RelativePath> failedPaths = new HashSet<>();
    private boolean namesHidden;

    /** A folder in the folder. */
    record Subfolder(String name, FileMeta meta) {}

    /**
     * What was found.
     *
     * @param rules what holds in the folder
     * @param failedPaths the paths of the failures, as far as they can be told
     * @param namesHidden whether there are names that cannot be told
     */
    record Listing(
            SourceFolder folder,
            List<Subfolder> subfolders,
            FolderRules rules,
            Set<RelativePath> failedPaths,
            boolean namesHidden) {}

    FolderReader(Disk disk, Path place, RelativePath path, FolderRules above) {
        this.disk = disk;
        this.place = place;
        this.path = path;
        this.above = above;
    }

    /** Lists the folder, of which {@code seen} was known when its parent was listed. */
    Listing read(FileMeta seen) {
        FileMeta before = seen;
        try {
            before = disk.meta(place);
            requireFolder(before);
            List<String> names = names();
            FolderRules rules = above.enter(path, place, disk, names::contains);
            for (String name : names) {
                readEntry(name, rules);
            }
            requireSame(before, disk.meta(place));
            return new Listing(folder(before), subfolders, rules, failedPaths, namesHidden);
        } catch (IOException e) {
            SourceFolder folder = SourceFolder.failed(path, before, FileFailure.of(path, e));
            return new Listing(folder, List.of(), above, Set.of(path), false);
        }
    }

    private SourceFolder folder(FileMeta meta) {
        List<String> names = subfolders.stream().map(Subfolder::name).toList();
        return new SourceFolder(path, meta, files, names, excluded, skipped, failures, Optional.empty());
    }

    private void requireFolder(FileMeta meta) throws IOException {
        if (meta.kind() != FileKind.FOLDER) {
            throw new SourceException(path, "is not a folder any more");
        }
    }

    /** Listing a folder follows links; if one took its place meanwhile, what was listed lies elsewhere. */
    private void requireSame(FileMeta before, FileMeta after) throws IOException {
        requireFolder(after);
        if (before.fileKey() != after.fileKey()) {
            throw new SourceException(path, "was replaced while it was read");
        }
    }

    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path entry : disk.list(place)) {
            if (isTellable(entry)) {
                names.add(entry.getFileName().toString());
            }
        }
        names.sort(RelativePath::compare);
        return names;
    }

    private boolean isTellable(Path entry) {
        if (!PathText.isExact(entry.getFileName())) {
            namesHidden = true;
            fail(PathText.escapedName(entry), "the name is not text in the encoding of this system");
            return false;
        }
        try {
            path.resolve(entry.getFileName().toString());
            return true;
        } catch (IllegalArgumentException e) {
            fail(PathText.escapedName(entry), String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void fail(String name, String reason) {
        failures.add(new FileFailure(path.isRoot() ? name : path + "/" + name, reason));
    }

    private void readEntry(String name, FolderRules rules) {
        RelativePath entry = path.resolve(name);
        try {
            FileMeta meta = disk.meta(place.resolve(name));
            if (rules.excludes(entry, meta.kind())) {
                excluded.add(name);
            } else if (meta.kind() == FileKind.FOLDER) {
                subfolders.add(new Subfolder(name, meta));
            } else {
                files.add(new SourceFile(disk, place, entry, meta));
            }
        } catch (NoSuchFileException e) {
            // Deleted since the folder was listed: then it is simply not there.
        } catch (IOException e) {
            readOddEntry(entry, e, rules);
        }
    }

    private void readOddEntry(RelativePath entry, IOException problem, FolderRules rules) {
        if (rules.excludes(entry, FileKind.FILE)) {
            excluded.add(entry.name());
        } else if (problem instanceof SpecialFileException) {
            skipped.add(FileFailure.of(entry, problem));
        } else {
            failures.add(FileFailure.of(entry, problem));
            failedPaths.add(entry);
        }
    }
}
