package dev.dsync.web;

import dev.dsync.pipeline.restore.Landing;
import dev.dsync.source.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file on its way into the synced folder: under a temporary name that no sync takes in, until all of it is there. What
 * did not land leaves nothing behind. For one thread.
 */
final class Arrival implements Closeable {

    /** What the usual file systems take. */
    private static final int MOST_NAME_BYTES = 255;

    private final Path root;
    private final Path temporary;
    private final FileChannel channel;
    private boolean landed;

    /**
     * Begins to take a file.
     *
     * @param root the synced folder, which is made if need be
     * @param name a temporary one, which nothing else has
     */
    Arrival(Path root, String name) throws IOException {
        Files.createDirectories(root);
        this.root = root;
        this.temporary = root.resolve(name);
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Puts it in its place, where it replaces what there may be. That waits beside the temporary name, as long as the
     * landing may be undone.
     *
     * @throws ApiException if something else than a file is in the way
     */
    FreshFile land(RelativePath path) throws IOException {
        channel.force(true);
        channel.close();
        requireName(path);
        Path place;
        try {
            place = new Landing(root, true).place(path);
        } catch (IOException e) {
            if (Failure.isDiskFull(e)) {
                throw e;
            }
            throw new ApiException(409, "in_the_way", String.valueOf(e.getMessage()));
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(place)) {
            throw new ApiException(409, "in_the_way", "a folder or a link is in the way at " + path);
        }
        Optional<Path> before = setAside(place);
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        landed = true;
        return new FreshFile(path, place, before);
    }

    /** Gives what has the place a second name, so that the place is never empty. */
    private Optional<Path> setAside(Path place) throws IOException {
        Path before = temporary.resolveSibling(temporary.getFileName() + "-before");
        try {
            return Optional.of(Files.createLink(before, place));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links: a copy does the same.
            return Optional.of(Files.copy(place, before, StandardCopyOption.COPY_ATTRIBUTES));
        }
    }

    private static void requireName(RelativePath path) {
        for (String name : path.value().split("/")) {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_NAME_BYTES) {
                throw ApiException.badRequest(
                        "name",
                        "a name has " + bytes + " bytes, and no more than " + MOST_NAME_BYTES + " fit: shorten it");
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!landed) {
            Files.deleteIfExists(temporary);
        }
    }
}
