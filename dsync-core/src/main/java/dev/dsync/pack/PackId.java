package dev.dsync.pack;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The name of a pack: the 32 random bytes that also salt its key. Two packs never share one, however alike their
 * content. Not a secret: it stands in clear in the pack's header. Of a {@linkplain PackKind#CLASSIC classic part} it is the
 * SHA-256 of its bytes. Immutable.
 */
public final class PackId implements Comparable<PackId> {

    /** Length in bytes. */
    public static final int BYTES = 32;

    private final byte[] salt;

    private PackId(byte[] salt) {
        this.salt = salt;
    }

    /** The id with the given 32 bytes. */
    public static PackId of(byte[] salt) {
        if (salt.length != BYTES) {
            throw new IllegalArgumentException("a pack id has " + BYTES + " bytes, got " + salt.length);
        }
        return new PackId(salt.clone());
    }

    /** A fresh id. In production {@code random} is a {@link java.security.SecureRandom}. */
    static PackId random(RandomGenerator random) {
        byte[] salt = new byte[BYTES];
        random.nextBytes(salt);
        return new PackId(salt);
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return salt.clone();
    }

    @Override
    public int compareTo(PackId other) {
        return Arrays.compareUnsigned(salt, other.salt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackId that && Arrays.equals(salt, that.salt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(salt);
    }
}
