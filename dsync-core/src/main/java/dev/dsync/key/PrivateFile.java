package dev.dsync.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes a file that only its owner may read (mode 0600 where the file system knows modes), whole or not at all, and
 * returns once a crash can no longer lose it. A crash before may leave a file named {@code <name>.<digits>.tmp}.
 */
final class PrivateFile {

    private PrivateFile() {}

    /**
     * Writes a new file.
     *
     * @throws FileAlreadyExistsException if there is anything of that name; it stays as it is
     */
    static void create(Path file, byte[] content) throws IOException {
        Path temporary = writeTemporary(file, content);
        try {
            nameIfFree(temporary, file);
            forceDirectory(file);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Puts new content in the place of the file's, at once: nobody ever sees half of it. */
    static void replace(Path file, byte[] content) throws IOException {
        // Through a link to where the file really lies: the link stays a link.
        Path real = file.toRealPath();
        Path temporary = writeTemporary(real, content);
        try {
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceDirectory(real);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A rename would replace a file made in between by another process; a second name for the same file does not. */
    private static void nameIfFree(Path temporary, Path file) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UnsupportedOperationException e) {
            // No hard links on this file system (FAT, some network shares): this looks first and renames then.
            Files.move(temporary, file);
        }
    }

    private static Path writeTemporary(Path file, byte[] content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(directory, file.getFileName() + ".", ".tmp", ownerOnly(file));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
            return temporary;
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    /** The new name, too, must have reached the disk. */
    private static void forceDirectory(Path file) throws IOException {
        FileChannel directory;
        try {
            directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
        } catch (IOException e) {
            // Not every system opens directories; Windows, which does not, keeps names safe without this.
            return;
        }
        try (directory) {
            directory.force(true);
        }
    }
}
