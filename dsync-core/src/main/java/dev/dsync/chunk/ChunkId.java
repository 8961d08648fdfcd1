package dev.dsync.chunk;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name of a chunk: HMAC-SHA256 of its plain bytes under a key of the vault, 32 bytes. Equal content has equal ids
 * within one vault and unrelated ids in any two. Immutable.
 */
public final class ChunkId implements Comparable<ChunkId> {

    /** Length in bytes. */
    public static final int BYTES = 32;

    private final byte[] digest;

    private ChunkId(byte[] digest) {
        this.digest = digest;
    }

    /** The id with the given 32 bytes. */
    public static ChunkId of(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("a chunk id has " + BYTES + " bytes, got " + digest.length);
        }
        return new ChunkId(digest.clone());
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return digest.clone();
    }

    @Override
    public int compareTo(ChunkId other) {
        return Arrays.compareUnsigned(digest, other.digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkId that && Arrays.equals(digest, that.digest);
    }

    /** The first four bytes: they are as good as random. */
    @Override
    public int hashCode() {
        return (digest[0] & 0xff) << 24 | (digest[1] & 0xff) << 16 | (digest[2] & 0xff) << 8 | digest[3] & 0xff;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
