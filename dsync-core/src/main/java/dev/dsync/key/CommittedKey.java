package dev.dsync.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * An AES key that belongs to one salt, with a commitment stored beside what it seals. AES-GCM alone lets a message open
 * under several keys made for it; comparing the commitment first rules that out, and tells a wrong key from damage.
 *
 * <pre>
 * HKDF-SHA256(input = purpose key, salt, info in ASCII), 64 bytes:
 * offset  size  field
 *      0    32  AES-256 key
 *     32    32  commitment
 * </pre>
 *
 * <p>Safe for use by many threads; its ciphers are not.
 */
public final class CommittedKey implements AutoCloseable {

    /** Length of a salt. */
    public static final int SALT_BYTES = 32;

    /** Length of a commitment. */
    public static final int COMMITMENT_BYTES = 32;

    private static final int KEY_BYTES = 32;

    private final SecretBytes key;
    private final byte[] commitment;

    private CommittedKey(SecretBytes key, byte[] commitment) {
        this.key = key;
        this.commitment = commitment;
    }

    /**
     * The key for {@code salt}.
     *
     * @param purposeKey stays the caller's, who may close it right after
     * @param salt 32 random bytes, drawn anew for everything that is sealed
     * @param info ASCII: what the key is for
     */
    public static CommittedKey derive(SecretBytes purposeKey, byte[] salt, String info) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, got " + salt.length);
        }
        byte[] both =
                Hkdf.derive(purposeKey, salt, info.getBytes(StandardCharsets.US_ASCII), KEY_BYTES + COMMITMENT_BYTES);
        byte[] key = Arrays.copyOf(both, KEY_BYTES);
        byte[] commitment = Arrays.copyOfRange(both, KEY_BYTES, both.length);
        Arrays.fill(both, (byte) 0);
        return new CommittedKey(SecretBytes.taking(key), commitment);
    }

    /** A copy of the 32 bytes to store beside what is sealed. No secret. */
    public byte[] commitment() {
        return commitment.clone();
    }

    /** Whether {@code commitment}, read from what is to be opened, is this key's; compares in constant time. */
    public boolean matches(byte[] commitment) {
        return MessageDigest.isEqual(this.commitment, commitment);
    }

    /** A new cipher under this key, for one thread; it outlives this object. */
    public AesGcm cipher() {
        return new AesGcm(key);
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "***";
    }
}
