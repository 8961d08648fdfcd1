package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The one small value of a target that can be found knowing nothing but the target itself. It is replaced as a whole:
 * who reads while another writes gets the old value or the new one. Two who write at once: the last one stays.
 */
public interface RootSlot {

    /** The most bytes a root may have here. */
    int capacity();

    /** The newest value written; empty if none ever was. */
    Optional<ByteBuffer> read() throws StorageException;

    /**
     * Replaces the value by the buffer's remaining bytes. Returns once a crash can no longer lose it. The buffer is
     * only read, and its position is left as it was.
     *
     * @throws IllegalArgumentException if it is empty, or longer than {@link #capacity}
     */
    void write(ByteBuffer root) throws StorageException;

    /** Refuses a root that {@link #write} must refuse before it sends anything. */
    default void checkSize(ByteBuffer root) {
        if (!root.hasRemaining() || root.remaining() > capacity()) {
            throw new IllegalArgumentException(
                    "a root has 1 to " + capacity() + " bytes, this one " + root.remaining());
        }
    }
}
