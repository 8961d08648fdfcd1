package dev.dsync.key;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name of a vault: 16 bytes derived from its key, so one key is one vault. It is no secret (every pack shows it) and
 * tells nothing of the key. Immutable.
 */
public final class VaultId {

    /** Length in bytes. */
    public static final int BYTES = 16;

    /** Stands where something belongs to no vault: all zeros. */
    static final VaultId NONE = new VaultId(new byte[BYTES]);

    private final byte[] bytes;

    private VaultId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The id with the given 16 bytes. */
    public static VaultId of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a vault id has " + BYTES + " bytes, got " + bytes.length);
        }
        return new VaultId(bytes.clone());
    }

    /** A copy of the 16 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VaultId that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The 16 bytes as 32 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
