package dev.dsync.source;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The synced folder: the tree that is kept safe. Only reads. The folder itself may be given as a link; no link inside
 * is ever followed. Immutable and safe for use by many threads.
 *
 * <p>Left out are, besides what the rules say: in every folder what its {@code .dsyncignore} names; what lies beside a
 * valid {@code CACHEDIR.TAG}; files that dsync is still writing ({@code .dsync-tmp-*}); and the places dsync itself
 * keeps things in.
 */
public final class SourceTree {

    private final Path root;
    private final ExcludeRules rules;
    private final List<Path> leftOut;
    private final Disk disk;

    /**
     * A tree that need not exist yet.
     *
     * @param rules those from the settings; any {@code .dsyncignore} counts more
     * @param leftOut files and folders to leave out with all they hold, such as state, key file and local targets;
     *     those outside the tree do not matter
     */
    public SourceTree(Path root, ExcludeRules rules, Collection<Path> leftOut) {
        this(root, rules, leftOut, Disk.of(root.getFileSystem()));
    }

    SourceTree(Path root, ExcludeRules rules, Collection<Path> leftOut, Disk disk) {
        this.root = root.toAbsolutePath();
        this.rules = rules;
        this.leftOut = leftOut.stream().map(Path::toAbsolutePath).toList();
        this.disk = disk;
    }

    /** The absolute path of the synced folder. */
    public Path root() {
        return root;
    }

    /**
     * Starts a walk down the tree as it is now.
     *
     * @throws SourceException if there is no such folder, or all of it is to be left out
     */
    public SourceWalk walk() throws SourceException {
        try {
            Path real = root.toRealPath();
            FileMeta meta = disk.meta(real);
            if (meta.kind() != FileKind.FOLDER) {
                throw new SourceException(RelativePath.ROOT, "is not a folder");
            }
            if (leftOut.stream().map(SourceTree::real).anyMatch(real::equals)) {
                throw new SourceException(
                        RelativePath.ROOT, "is also a place where dsync keeps files of its own; choose another folder");
            }
            return new SourceWalk(disk, real, meta, outermost(real));
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException(RelativePath.ROOT, e);
        }
    }

    /**
     * The file or link at {@code path} as it is now.
     *
     * @throws SourceException if there is none, or a name on the way to it is not a folder
     */
    public SourceFile file(RelativePath path) throws SourceException {
        if (path.isRoot()) {
            throw new SourceException(path, "is a folder");
        }
        try {
            Path real = root.toRealPath();
            requireFoldersAbove(path, real);
            Path place = path.under(real);
            FileMeta meta = disk.meta(place);
            if (meta.kind() == FileKind.FOLDER) {
                throw new SourceException(path, "is a folder");
            }
            return new SourceFile(disk, path.parent().under(real), path, meta);
        } catch (InvalidPathException e) {
            throw new SourceException(path, "this system cannot have such a name");
        } catch (SourceException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceException(path, e);
        }
    }

    /** A link on the way could lead anywhere. */
    private void requireFoldersAbove(RelativePath path, Path real) throws IOException {
        for (RelativePath folder = path.parent(); !folder.isRoot(); folder = folder.parent()) {
            if (disk.meta(folder.under(real)).kind() != FileKind.FOLDER) {
                throw new SourceException(path, folder + " is not a folder");
            }
        }
    }

    /**
     * Whether {@code path}, which need not exist, is left out or would be; also true if rules on the way to it cannot
     * be read. For many paths after a walk, {@link SourceWalk#fate} is faster.
     */
    public boolean excludes(RelativePath path, FileKind kind) {
        Path real = real(root);
        return new RulesLookup(disk, real, outermost(real)).excludes(path, kind);
    }

    private FolderRules outermost(Path realRoot) {
        Set<RelativePath> inside = new HashSet<>();
        for (Path place : leftOut) {
            Path real = real(place);
            if (real.startsWith(realRoot) && PathText.isExact(real)) {
                inside.add(relative(realRoot, real));
            }
        }
        return FolderRules.outermost(rules, inside);
    }

    private static RelativePath relative(Path realRoot, Path place) {
        RelativePath path = RelativePath.ROOT;
        for (Path name : realRoot.relativize(place)) {
            path = name.toString().isEmpty() ? path : path.resolve(name.toString());
        }
        return path;
    }

    /** {@code path} without links and in the spelling of the disk, as far as it exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // Not there (yet): then the folder it will be in decides.
            Path parent = path.getParent();
            return parent == null ? path : real(parent).resolve(path.getFileName());
        }
    }
}
