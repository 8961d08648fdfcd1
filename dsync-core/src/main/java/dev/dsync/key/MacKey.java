package dev.dsync.key;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 under one key: gives equal content equal names that mean nothing to anybody without the key. Safe for use
 * by many threads; each gets a {@link Mac} of its own. What the Java runtime keeps of the key goes with the garbage
 * collector.
 */
public final class MacKey {

    /** Length of a result. */
    public static final int MAC_BYTES = 32;

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final ThreadLocal<Mac> macs;

    /** A key with a copy of {@code secret}, which stays the caller's, who may close it right after. */
    public MacKey(SecretBytes secret) {
        byte[] bytes = secret.copy();
        this.key = new SecretKeySpec(bytes, HMAC);
        Arrays.fill(bytes, (byte) 0);
        this.macs = ThreadLocal.withInitial(() -> newMac(key));
    }

    /** The 32 byte HMAC of the buffer's remaining bytes; its position stays. */
    public byte[] mac(ByteBuffer content) {
        Mac mac = macs.get();
        mac.update(content.duplicate());
        return mac.doFinal();
    }

    /** The 32 byte HMAC of {@code length} bytes from {@code offset} on. */
    public byte[] mac(byte[] content, int offset, int length) {
        return mac(ByteBuffer.wrap(content, offset, length));
    }

    /** A HMAC of its own, for content that comes piece by piece. */
    public Mac begin() {
        return newMac(key);
    }

    private static Mac newMac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
