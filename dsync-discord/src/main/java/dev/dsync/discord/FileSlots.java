package dev.dsync.discord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slots in a file, so that all processes of a home share them and a restart still knows them. The file is nothing but
 * the numbers, 8 bytes each, big-endian; one that is missing or short counts as zeros.
 *
 * <p>Nothing is forced to disk: what a power cut takes with it is a minute of memory. A file that cannot be used is
 * replaced by memory, because a full disk is no reason to stop sending.
 */
final class FileSlots implements Slots {

    private static final Logger LOG = LoggerFactory.getLogger(FileSlots.class);
    private static final int LOCK_TRIES = 10_000;

    private final Path file;
    private final ByteBuffer bytes;

    FileSlots(Path file, int count) {
        this.file = file;
        this.bytes = ByteBuffer.allocate(count * Long.BYTES);
    }

    @Override
    public synchronized <T> T exclusively(Function<LongBuffer, T> use) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            lock(channel);
            load(channel);
            byte[] before = bytes.array().clone();
            T result = use.apply(bytes.asLongBuffer());
            if (!Arrays.equals(before, bytes.array())) {
                channel.write(bytes.duplicate().clear(), 0);
            }
            return result;
        } catch (IOException e) {
            LOG.warn("{} cannot be used, its numbers are kept in memory: {}", file, e.toString());
            return use.apply(bytes.clear().asLongBuffer());
        }
    }

    private void load(FileChannel channel) throws IOException {
        bytes.clear();
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            // read on until the file or the buffer ends
        }
        while (bytes.hasRemaining()) {
            bytes.put((byte) 0);
        }
        bytes.clear();
    }

    /**
     * Locks the file until the channel is closed. Waits for other processes by itself; for another user of the file in
     * this process it has to ask again.
     */
    private static void lock(FileChannel channel) throws IOException {
        for (int i = 0; i < LOCK_TRIES; i++) {
            try {
                channel.lock();
                return;
            } catch (OverlappingFileLockException e) {
                // held in this process for some microseconds
                Thread.yield();
            }
        }
        throw new IOException("locked all the time");
    }
}
