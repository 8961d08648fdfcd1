package dev.dsync.cli;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.cli.settings.Nearest;
import dev.dsync.source.RelativePath;
import java.io.File;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The paths in a vault as people write them: from the synced folder on, or absolute if it lies there. */
final class StoredPaths {

    private final Catalog catalog;
    private final Path folder;

    /** @param folder the synced folder */
    StoredPaths(Catalog catalog, Path folder) {
        this.catalog = catalog;
        this.folder = folder;
    }

    /**
     * The path that somebody wrote, whether the vault knows it or not.
     *
     * @throws UsageException if no file can have it
     */
    RelativePath parse(String written) throws UsageException {
        return parse(written, folder);
    }

    /** As {@link #parse(String)}, where there is no vault yet. */
    static RelativePath parse(String written, Path folder) throws UsageException {
        if (written.isEmpty()) {
            // The root would be everything: an empty variable of a script must not delete it.
            throw new UsageException(
                    "unknown_path", "\"\" is no path: name a file or folder, or the whole synced folder with \".\"");
        }
        String text = written.replace(File.separatorChar, '/');
        if (isAbsolute(written)) {
            Path absolute = Path.of(written).normalize();
            if (!absolute.startsWith(folder)) {
                throw new UsageException("unknown_path", written + " does not lie in the synced folder " + folder);
            }
            text = folder.relativize(absolute).toString().replace(File.separatorChar, '/');
        }
        while (text.startsWith("./")) {
            text = text.substring(2);
        }
        text = text.replaceAll("/+$", "");
        try {
            return text.equals(".") ? RelativePath.ROOT : RelativePath.of(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("unknown_path", written + " is no path in the synced folder: " + e.getMessage());
        }
    }

    private static boolean isAbsolute(String written) {
        try {
            return Path.of(written).isAbsolute();
        } catch (InvalidPathException e) {
            // Another machine may have such names; this one has none, so it is not absolute here.
            return false;
        }
    }

    /**
     * The version of a path that held with commit {@code sequence}, a deletion included.
     *
     * @throws UsageException if there was no such path, naming one that is nearly so
     */
    Version require(String written, long sequence) throws UsageException {
        RelativePath path = parse(written);
        return catalog.versions().at(path, sequence).orElseThrow(() -> unknown(path.value(), sequence));
    }

    /** The failure to find a path, with what was probably meant: a path like it, else a name like it elsewhere. */
    UsageException unknown(String written, long sequence) {
        if (sequence != Version.UNCOMMITTED && isKnown(written)) {
            return new UsageException(
                    "unknown_path",
                    "the vault keeps no " + written + " of that time: 'dsync versions' shows from when it has it");
        }
        Nearest likePath = new Nearest(written);
        Nearest likeName = new Nearest(written.substring(written.lastIndexOf('/') + 1));
        Map<String, String> places = new HashMap<>();
        try (Cursor<Listed> tree = catalog.versions().tree(RelativePath.ROOT, sequence, Scope.WITH_DELETED)) {
            while (tree.hasNext()) {
                RelativePath path = tree.next().version().path();
                likePath.offer(path.value());
                likeName.offer(path.name());
                likeName.found()
                        .filter(name -> name.equals(path.name()))
                        .ifPresent(name -> places.putIfAbsent(name, path.value()));
            }
        }
        String hint = likePath.found()
                .or(() -> likeName.found().map(places::get))
                .map(meant -> "; did you mean " + meant + '?')
                .orElse("; 'dsync ls' shows what it has");
        return new UsageException("unknown_path", "the vault has no " + written + hint);
    }

    private boolean isKnown(String path) {
        try {
            return !catalog.versions().history(RelativePath.of(path)).isEmpty();
        } catch (IllegalArgumentException e) {
            // A pattern need not be a path.
            return false;
        }
    }
}
