package dev.dsync.catalog;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 digest: of a file's whole content, or of a sealed commit. 32 bytes, immutable. */
public final class Sha256 {

    /** Length in bytes. */
    public static final int BYTES = 32;

    private final byte[] digest;

    private Sha256(byte[] digest) {
        this.digest = digest;
    }

    /** The digest with the given 32 bytes. */
    public static Sha256 of(byte[] digest) {
        if (digest.length != BYTES) {
            throw new IllegalArgumentException("a SHA-256 digest has " + BYTES + " bytes, got " + digest.length);
        }
        return new Sha256(digest.clone());
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sha256 that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** 64 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
