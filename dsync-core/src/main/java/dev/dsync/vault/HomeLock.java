package dev.dsync.vault;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Only one process writes in a home at a time. The operating system gives the lock back when its holder dies, however it
 * dies. The file says who holds it, for the message that everyone else gets.
 */
final class HomeLock implements Closeable {

    /** The byte that is locked lies beyond the text, which others must be able to read where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 20;

    private final FileChannel channel;
    private final FileLock lock;

    private HomeLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock.
     *
     * @param doing what the lock is for, in a word, for others to read
     * @throws HomeBusyException if another process has it
     */
    static HomeLock take(Path state, String doing, InstantSource clock) throws IOException {
        Path file = state.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                throw new HomeBusyException("another dsync is at work in this home: "
                        + Files.readString(file, StandardCharsets.UTF_8).strip()
                        + ". Wait until it is done, or stop it");
            }
            String holder = "process " + ProcessHandle.current().pid() + ", " + doing + ", since " + clock.instant();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
            return new HomeLock(channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.truncate(0);
        lock.release();
        channel.close();
    }
}
