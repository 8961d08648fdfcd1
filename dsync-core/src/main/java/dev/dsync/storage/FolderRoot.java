package dev.dsync.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The root in a folder: one file that is only ever replaced as a whole. */
final class FolderRoot {

    static final int CAPACITY_BYTES = 64 * 1024;

    private final TargetFolder folder;
    private final DurableFiles files;
    private final RandomGenerator random;

    FolderRoot(TargetFolder folder, DurableFiles files, RandomGenerator random) {
        this.folder = folder;
        this.files = files;
        this.random = random;
    }

    Optional<ByteBuffer> read() throws IOException {
        folder.requireHere();
        Path file = folder.root();
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                throw new TargetBlockedException(
                        file + " is not a plain file; dsync keeps its root there: move it away");
            }
            return Optional.of(contentOf(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void write(ByteBuffer root) throws IOException {
        folder.requireHere();
        files.createFolder(folder.incoming());
        Path whole = folder.incoming().resolve(TargetFolder.randomHex(random));
        files.create(whole, root);
        try {
            files.rename(whole, folder.root());
        } catch (IOException e) {
            DurableFiles.removeQuietly(whole);
            throw e;
        }
        files.syncFolder(folder.path());
        folder.requireHere();
    }

    /** All of the file, or as much as a root can have of one that is too long, which is then found to be damaged. */
    private static ByteBuffer contentOf(Path file) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(CAPACITY_BYTES);
        DurableFiles.read(file, 0, content);
        return content.flip();
    }
}
