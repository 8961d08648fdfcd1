package dev.dsync.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that a crash cannot lose once a method here has returned, readable by their owner only. Safe for use by many
 * threads.
 */
final class DurableFiles {

    /**
     * The most bytes handed to a channel at once. For a heap buffer the JDK keeps a direct buffer of the size of the
     * largest transfer, one for each thread, for as long as the thread lives.
     */
    private static final int TRANSFER_BYTES = 256 * 1024;

    private static final Set<PosixFilePermission> FILE_MODE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER_MODE = PosixFilePermissions.fromString("rwx------");

    private final boolean posix;
    private final boolean foldersCanSync;

    /** Finds out what the file system that holds {@code folder}, which exists, is able to do. */
    DurableFiles(Path folder) {
        posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        foldersCanSync = canSync(folder);
    }

    /** Makes the folder, whose parent exists; does nothing if there is one already. */
    void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectory(folder, mode(FOLDER_MODE));
        } catch (FileAlreadyExistsException e) {
            // Somebody else made it between the two calls. The sync below still has to happen before we rely on it.
        }
        syncFolder(parentOf(folder));
    }

    /** Writes the remaining bytes to a file that must not exist yet. If that fails, there is no such file afterwards. */
    void create(Path file, ByteBuffer content) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(file, options, mode(FILE_MODE));
        try (channel) {
            ByteBuffer rest = content.duplicate();
            while (rest.hasRemaining()) {
                ByteBuffer part = rest.slice(rest.position(), Math.min(TRANSFER_BYTES, rest.remaining()));
                rest.position(rest.position() + channel.write(part));
            }
            channel.force(true);
        } catch (IOException | RuntimeException e) {
            removeQuietly(file);
            throw e;
        }
    }

    /** Gives a whole file its final name, in place of any file that has it. {@link #syncFolder} makes that last. */
    void rename(Path file, Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes new names in this folder last, where the operating system has a way to. */
    void syncFolder(Path folder) throws IOException {
        if (foldersCanSync) {
            sync(folder);
        }
    }

    /** Fills {@code target} from the offset on; false if the file, which is not a symbolic link, ends before. */
    static boolean read(Path file, long offset, ByteBuffer target) throws IOException {
        // A channel for each read: an interrupted thread closes the channel it uses, for everybody who shares it.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long position = offset;
            while (target.hasRemaining()) {
                ByteBuffer part = target.slice(target.position(), Math.min(TRANSFER_BYTES, target.remaining()));
                int count = channel.read(part, position);
                if (count < 0) {
                    return false;
                }
                position += count;
                target.position(target.position() + count);
            }
            return true;
        }
    }

    static void removeQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Wasted space at worst; what made us give up the file is the failure to report.
        }
    }

    private static boolean canSync(Path folder) {
        try {
            sync(folder);
            return true;
        } catch (IOException e) {
            return false; // Windows and some network file systems cannot; there a rename lasts when they say so.
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parentOf(Path folder) {
        Path parent = folder.getParent();
        return parent == null ? folder : parent;
    }

    private FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }
}
