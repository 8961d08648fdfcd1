package dev.dsync.pipeline.restore;

import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A folder that files are put into, by a restore or one by one. Whatever a catalog says, nothing outside it is touched: every folder on the way is a
 * real one, never a link, and names that this system understands otherwise than as names are refused. Safe for use by many threads.
 */
public final class Landing {

    /** Names that Windows keeps for devices in every folder, with any extension; the digits of ports also raised. */
    private static final Pattern WINDOWS_DEVICE =
            Pattern.compile("con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9¹²³]");

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
            if (Files.isSymbolicLink(place) && !place.equals(root)) {
                throw linkInTheWay(root.relativize(place));
            }
            place = child(place, name);
        }
        return place;
    }

    private static IOException linkInTheWay(Object path) {
        return new IOException(
                "a symbolic link is in the way at " + path + ", and links are never followed; move it away");
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
                throw Files.isSymbolicLink(place)
                        ? linkInTheWay(path)
                        : new IOException(
                                "a file is in the way at " + path + ", where a folder belongs; move it away", e);
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

    /**
     * Moves a file that is whole into its place.
     *
     * @throws IOException if another path came there before, on a file system that takes the two names for one
     */
    synchronized void moveIn(Path whole, Path place, RelativePath path) throws IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            requireExactName(place, path);
        }
        Files.move(whole, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** On a file system that does not tell case apart, two paths may claim one place. */
    public void requireExactName(Path place, RelativePath path) throws IOException {
        Path real = place.toRealPath(LinkOption.NOFOLLOW_LINKS);
        if (!real.getFileName().toString().equals(path.name())) {
            throw new IOException("its name differs only in case from \"" + real.getFileName()
                    + "\", which this file system cannot hold beside it; restore it elsewhere with --to");
        }
    }

    /** @throws IOException if {@code name} is no single name of this system, or one with a meaning of its own */
    Path child(Path parent, String name) throws IOException {
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
            if (place.getNameCount() != parent.getNameCount() + 1 || !parent.equals(place.getParent())) {
                throw new IOException("the name \"" + name + "\" is not one name on this system");
            }
            return place;
        } catch (InvalidPathException e) {
            throw new IOException("the name \"" + name + "\" is not possible on this system: " + e.getReason(), e);
        }
    }

    private static void requireWindowsName(String name) throws IOException {
        String base = name.split("\\.", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (WINDOWS_DEVICE.matcher(base).matches()
                || name.endsWith(".")
                || name.endsWith(" ")
                || name.indexOf(':') >= 0) {
            throw new IOException("the name \"" + name + "\" is not a file's name on Windows");
        }
    }
}
