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
     * Replaces the value by the buffer's remaining bytes. Returns once a crash can no longer lose it.
     *
     * @throws IllegalArgumentException if it is longer than {@link #capacity}
     */
    void write(ByteBuffer root) throws StorageException;
}
