package dev.dsync.web;

import dev.dsync.pipeline.restore.Landing;
import dev.dsync.source.RelativePath;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file on its way into the synced folder: under a temporary name that no sync takes in, until all of it is there. What
 * did not land leaves nothing behind. For one thread.
 */
final class Arrival implements Closeable {

    /** The name that a sync leaves out. */
    private static final String TEMPORARY = ".dsync-tmp-upload-";

    private final Path root;
    private final Path temporary;
    private final FileChannel channel;
    private long size;
    private boolean landed;

    /**
     * Begins to take a file.
     *
     * @param root the synced folder, which is made if need be
     * @param name makes the temporary name unique
     */
    Arrival(Path root, String name) throws IOException {
        Files.createDirectories(root);
        this.root = root;
        this.temporary = root.resolve(TEMPORARY + name);
        this.channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            size += channel.write(bytes);
        }
    }

    long size() {
        return size;
    }

    /**
     * Puts it in its place, where it replaces what there may be.
     *
     * @throws ApiException if something else than a file is in the way
     */
    void land(RelativePath path) throws IOException {
        channel.force(true);
        channel.close();
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
        Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        landed = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!landed) {
            Files.deleteIfExists(temporary);
        }
    }
}
