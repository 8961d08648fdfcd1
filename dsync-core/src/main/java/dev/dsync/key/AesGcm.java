package dev.dsync.key;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with nonces of 12 and tags of 16 bytes, under one key.
 *
 * <p><b>Each nonce seals one message only.</b> Two messages under one nonce show their difference and allow forgeries.
 * The caller sees to it; a nonce equal to the one just before is refused as a last safety net. An object that failed
 * while sealing refuses to seal again: throw it away together with its key.
 *
 * <p><b>Keep messages to 8 KiB where much is sealed or opened.</b> The JVM speeds this cipher up only once it has
 * compiled what calls it, and that takes many calls. Measured in fresh processes, one call for a whole chunk of
 * megabytes stays at 35 to 100 MB/s for hundreds of megabytes; messages of 8 KiB get to gigabytes a second by
 * themselves. Arrays rather than buffers, one reused cipher for each direction, for the same reason.
 *
 * <p>Not safe for use by many threads. What the Java runtime keeps of the key goes with the garbage collector.
 */
public final class AesGcm {

    /** Length of a nonce. */
    public static final int NONCE_BYTES = 12;

    /** By how much a sealed message is longer than the plain one. */
    public static final int TAG_BYTES = 16;

    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;
    private final Cipher sealing;
    private final Cipher opening;
    private boolean failed;

    AesGcm(SecretBytes key) {
        if (key.length() != KEY_BYTES) {
            throw new IllegalArgumentException("an AES-256 key has " + KEY_BYTES + " bytes, got " + key.length());
        }
        byte[] bytes = key.copy();
        this.key = new SecretKeySpec(bytes, "AES");
        Arrays.fill(bytes, (byte) 0);
        this.sealing = newCipher();
        this.opening = newCipher();
    }

    /**
     * Writes {@code length} bytes of {@code in} from {@code offset} on, sealed, to {@code out} from {@code outOffset}
     * on. The two ranges must not overlap.
     *
     * @param nonce 12 bytes, used for no other message under this key
     * @param associated what is not in the message but has to be the same on opening; may be empty
     * @return how many bytes were written: {@code length} + {@link #TAG_BYTES}
     * @throws IllegalStateException if this object failed before, or the nonce is that of the message before
     */
    public int seal(byte[] nonce, byte[] associated, byte[] in, int offset, int length, byte[] out, int outOffset) {
        checkRanges(nonce, in, offset, length, out, outOffset, length + TAG_BYTES);
        if (failed) {
            throw new IllegalStateException("sealing failed before: this key must not seal anything again");
        }
        failed = true;
        try {
            sealing.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
            if (associated.length > 0) {
                sealing.updateAAD(associated);
            }
            int written = sealing.doFinal(in, offset, length, out, outOffset);
            failed = false;
            return written;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal " + length + " bytes", e);
        }
    }

    /**
     * Writes what {@code length} sealed bytes of {@code in} from {@code offset} on hold to {@code out} from {@code
     * outOffset} on. The two ranges must not overlap. After a failure, nothing in that range of {@code out} means
     * anything, and this object stays usable.
     *
     * @return how many bytes were written: {@code length} - {@link #TAG_BYTES}
     * @throws SealBrokenException if these are not, to the last bit, the bytes that {@link #seal} wrote under this key,
     *     nonce and associated data
     */
    public int open(byte[] nonce, byte[] associated, byte[] in, int offset, int length, byte[] out, int outOffset)
            throws SealBrokenException {
        checkRanges(nonce, in, offset, length, out, outOffset, Math.max(0, length - TAG_BYTES));
        if (length < TAG_BYTES) {
            throw new SealBrokenException("a sealed message has at least " + TAG_BYTES + " bytes, got " + length);
        }
        try {
            opening.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(Byte.SIZE * TAG_BYTES, nonce));
            if (associated.length > 0) {
                opening.updateAAD(associated);
            }
            return opening.doFinal(in, offset, length, out, outOffset);
        } catch (AEADBadTagException e) {
            throw new SealBrokenException("the tag does not match a sealed message of " + length + " bytes", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot open " + length + " bytes", e);
        }
    }

    private static void checkRanges(
            byte[] nonce, byte[] in, int offset, int length, byte[] out, int outOffset, int outLength) {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes, got " + nonce.length);
        }
        Objects.checkFromIndexSize(offset, length, in.length);
        Objects.checkFromIndexSize(outOffset, outLength, out.length);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES-GCM", e);
        }
    }
}
