package dev.dsync.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HKDF with SHA-256 (RFC 5869): how one key becomes many that tell nothing of each other.
 *
 * <p>Its HMAC (RFC 2104) is two digests, made here: every command derives a key to see whether it is the vault's, and the
 * part of Java that has HMAC takes longer to begin than a listing of thousands of files.
 */
final class Hkdf {

    private static final int HASH_BYTES = 32;
    private static final int BLOCK_BYTES = 64;
    private static final byte INNER = 0x36;
    private static final byte OUTER = 0x5c;

    /** RFC 5869, 2.3: a counter of one byte. */
    private static final int MAX_BYTES = 255 * HASH_BYTES;

    private Hkdf() {}

    /** Both steps: {@code length} bytes from {@code ikm}, which the caller wipes after use. */
    static byte[] derive(SecretBytes ikm, byte[] salt, byte[] info, int length) {
        byte[] input = ikm.copy();
        MessageDigest sha256 = sha256();
        byte[] prk = hmac(sha256, salt, input);
        try {
            return expand(sha256, prk, info, length);
        } finally {
            Arrays.fill(input, (byte) 0);
            Arrays.fill(prk, (byte) 0);
        }
    }

    /** The first step: 32 evenly spread bytes from {@code ikm}. */
    static byte[] extract(byte[] salt, byte[] ikm) {
        // RFC 5869, 2.2: no salt means as many zeros as the hash is long, which HMAC makes of it by itself.
        return hmac(sha256(), salt, ikm);
    }

    /** The second step: {@code length} bytes from what {@link #extract} gave. */
    static byte[] expand(byte[] prk, byte[] info, int length) {
        return expand(sha256(), prk, info, length);
    }

    private static byte[] expand(MessageDigest sha256, byte[] prk, byte[] info, int length) {
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException("HKDF gives 0 to " + MAX_BYTES + " bytes, not " + length);
        }
        byte[] out = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; done += HASH_BYTES, counter++) {
            byte[] next = hmac(sha256, prk, block, info, new byte[] {(byte) counter});
            Arrays.fill(block, (byte) 0);
            block = next;
            System.arraycopy(block, 0, out, done, Math.min(HASH_BYTES, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return out;
    }

    private static byte[] hmac(MessageDigest sha256, byte[] key, byte[]... message) {
        byte[] padded = Arrays.copyOf(key.length > BLOCK_BYTES ? sha256.digest(key) : key, BLOCK_BYTES);
        byte[] inner = digest(sha256, padded, INNER, message);
        try {
            return digest(sha256, padded, OUTER, inner);
        } finally {
            Arrays.fill(inner, (byte) 0);
            Arrays.fill(padded, (byte) 0);
        }
    }

    private static byte[] digest(MessageDigest sha256, byte[] key, byte pad, byte[]... message) {
        byte[] mixed = key.clone();
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] ^= pad;
        }
        sha256.update(mixed);
        Arrays.fill(mixed, (byte) 0);
        for (byte[] part : message) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
