package dev.dsync.pipeline;

import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A folder that files are put into, by a restore or one by one. Whatever a catalog says, nothing outside it is touched: every folder on the way is a
 * real one, never a link, and names that this system understands otherwise than as names are refused. Safe for use by many threads.
 */
public final class Landing {

    private static final Set<String> WINDOWS_DEVICES = Set.of(
            "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
            "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");
    private static final int MOST_REMEMBERED = 10_000;

    private final Path root;
    private final boolean windows;
    private final Map<RelativePath, Path> safeFolders = new HashMap<>();

    /** @param make whether the folder is made if it is not there; otherwise it is only looked at */
    public Landing(Path root, boolean make) throws IOException {
        if (make) {
            Files.createDirectories(root);
        }
        this.root = Files.exists(root) ? root.toRealPath() : root.toAbsolutePath();
        this.windows = root.getFileSystem().getSeparator().equals("\\");
    }

    /** The place of a path; its parent folder exists afterwards and is no link. */
    public synchronized Path place(RelativePath path) throws IOException {
        Path parent = folder(path.parent());
        return child(parent, path.name());
    }

    /** The place of a path if all folders on the way exist and are no links; nothing is made. */
    public Path existing(RelativePath path) throws IOException {
        Path place = root;
        for (String name : path.names()) {
            place = child(place, name);
        }
        return place;
    }

    /** The folder, made if need be. */
    public synchronized Path folder(RelativePath path) throws IOException {
        if (path.isRoot()) {
            return root;
        }
        Path known = safeFolders.get(path);
        if (known != null) {
            return known;
        }
        Path place = child(folder(path.parent()), path.name());
        try {
            Files.createDirectory(place);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(
                        Files.isSymbolicLink(place)
                                ? "a symbolic link is in the way at " + path + ", and links are never followed"
                                : "a file is in the way at " + path + ", where a folder belongs",
                        e);
            }
        }
        requireExactName(place, path);
        if (safeFolders.size() > MOST_REMEMBERED) {
            safeFolders.clear();
        }
        safeFolders.put(path, place);
        return place;
    }

    /** Forgets what it knows of folders: links are made last, and after that nothing may be trusted. */
    public synchronized void forget() {
        safeFolders.clear();
    }

    /** On a file system that does not tell case apart, two paths may claim one place. */
    public void requireExactName(Path place, RelativePath path) throws IOException {
        Path real = place.toRealPath(LinkOption.NOFOLLOW_LINKS);
        if (!real.getFileName().toString().equals(path.name())) {
            throw new IOException("its name differs only in case from \"" + real.getFileName()
                    + "\", which this file system cannot hold beside it");
        }
    }

    private Path child(Path parent, String name) throws IOException {
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0) {
            throw new IOException("the name \"" + name + "\" would lead outside the folder");
        }
        if (windows) {
            requireWindowsName(name);
        }
        try {
            Path place = parent.resolve(name);
            if (place.getNameCount() != parent.getNameCount() + 1
                    || !place.getParent().equals(parent)) {
                throw new IOException("the name \"" + name + "\" is not one name on this system");
            }
            return place;
        } catch (InvalidPathException e) {
            throw new IOException("the name \"" + name + "\" is not possible on this system: " + e.getReason(), e);
        }
    }

    private static void requireWindowsName(String name) throws IOException {
        String base = name.split("\\.", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (WINDOWS_DEVICES.contains(base) || name.endsWith(".") || name.endsWith(" ") || name.indexOf(':') >= 0) {
            throw new IOException("the name \"" + name + "\" is not a file's name on Windows");
        }
    }
}
