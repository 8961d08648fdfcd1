package dev.dsync.pack;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one blob that should be a pack, wherever they lie. */
public interface PackSource {

    /** Length in bytes. */
    long size() throws IOException;

    /**
     * Fills {@code target} with the bytes from {@code offset} on.
     *
     * @throws IndexOutOfBoundsException if the blob ends before {@code target} is full
     */
    void read(long offset, ByteBuffer target) throws IOException;

    /** The remaining bytes of {@code bytes}. */
    static PackSource of(ByteBuffer bytes) {
        ByteBuffer all = bytes.slice();
        return new PackSource() {
            @Override
            public long size() {
                return all.limit();
            }

            @Override
            public void read(long offset, ByteBuffer target) {
                target.put(all.slice(Math.toIntExact(offset), target.remaining()));
            }
        };
    }
}
