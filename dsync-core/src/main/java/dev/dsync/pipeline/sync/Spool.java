package dev.dsync.pipeline.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder where sealed packs wait when memory has no room for them. Their bytes are sealed already, so what lies here
 * tells no more than what lies on targets. Nothing here outlives the process: leftovers are removed when it is opened.
 */
final class Spool {

    private final Path folder;
    private final AtomicLong next = new AtomicLong();

    Spool(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*.pack")) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    /** A pack that waits on disk. */
    static final class Spooled implements AutoCloseable {
        private final Path file;
        private final ByteBuffer bytes;

        private Spooled(Path file, ByteBuffer bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        /** The pack's bytes, read from disk as they are used. */
        ByteBuffer bytes() {
            return bytes.duplicate();
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    Spooled put(ByteBuffer pack) throws IOException {
        Path file = folder.resolve(next.incrementAndGet() + ".pack");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            for (ByteBuffer rest = pack.duplicate(); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            return new Spooled(file, channel.map(FileChannel.MapMode.READ_ONLY, 0, pack.remaining()));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
