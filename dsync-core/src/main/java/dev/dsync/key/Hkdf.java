package dev.dsync.key;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256 (RFC 5869): how one key becomes many that tell nothing of each other. */
final class Hkdf {

    private static final String HMAC = "HmacSHA256";
    private static final int HASH_BYTES = 32;
    /** RFC 5869, 2.3: a counter of one byte. */
    private static final int MAX_BYTES = 255 * HASH_BYTES;

    private Hkdf() {}

    /** Both steps: {@code length} bytes from {@code ikm}, which the caller wipes after use. */
    static byte[] derive(SecretBytes ikm, byte[] salt, byte[] info, int length) {
        byte[] input = ikm.copy();
        byte[] prk = extract(salt, input);
        try {
            return expand(prk, info, length);
        } finally {
            Arrays.fill(input, (byte) 0);
            Arrays.fill(prk, (byte) 0);
        }
    }

    /** The first step: 32 evenly spread bytes from {@code ikm}. */
    static byte[] extract(byte[] salt, byte[] ikm) {
        // RFC 5869, 2.2: no salt means as many zeros as the hash is long. (JCA refuses an empty key.)
        return hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt).doFinal(ikm);
    }

    /** The second step: {@code length} bytes from what {@link #extract} gave. */
    static byte[] expand(byte[] prk, byte[] info, int length) {
        if (length < 0 || length > MAX_BYTES) {
            throw new IllegalArgumentException("HKDF gives 0 to " + MAX_BYTES + " bytes, not " + length);
        }
        Mac mac = hmac(prk);
        byte[] out = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; done += HASH_BYTES, counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            Arrays.fill(block, (byte) 0);
            block = mac.doFinal();
            System.arraycopy(block, 0, out, done, Math.min(HASH_BYTES, length - done));
        }
        Arrays.fill(block, (byte) 0);
        return out;
    }

    private static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }
}
