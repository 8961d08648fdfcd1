package dev.dsync.key;

import java.util.Arrays;

/**
 * The key of a vault: 32 bytes from which every other key is derived, one for each {@link Purpose}.
 *
 * <pre>
 * derived key = HKDF-SHA256(input = the 32 bytes, salt = none, info = the purpose in ASCII), 32 bytes
 * vault id    = the first 16 bytes of the derived key for "dsync 1 vault id"
 * </pre>
 *
 * <p>Safe for use by many threads. Closing wipes it; keys derived before stay good until they are closed themselves.
 */
public final class VaultKey implements AutoCloseable {

    /** Length in bytes. */
    public static final int BYTES = 32;

    private final SecretBytes secret;
    private final VaultId vaultId;

    private VaultKey(SecretBytes secret) {
        this.secret = secret;
        byte[] derived = derive(secret, Purpose.VAULT_ID);
        this.vaultId = VaultId.of(Arrays.copyOf(derived, VaultId.BYTES));
        Arrays.fill(derived, (byte) 0);
    }

    /** The key with a copy of these 32 bytes; the caller still has to wipe its own array. */
    public static VaultKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a vault key has " + BYTES + " bytes, got " + bytes.length);
        }
        return new VaultKey(SecretBytes.of(bytes));
    }

    /** The 32 byte key for {@code purpose}, always the same; the caller closes it. */
    public SecretBytes subkey(Purpose purpose) {
        return SecretBytes.taking(derive(secret, purpose));
    }

    /** The vault this key opens. */
    public VaultId vaultId() {
        return vaultId;
    }

    /** A copy of the 32 bytes themselves, which are the Fernet key of the classic layout; the caller closes it. */
    public SecretBytes raw() {
        return SecretBytes.taking(secret.copy());
    }

    private static byte[] derive(SecretBytes secret, Purpose purpose) {
        return Hkdf.derive(secret, new byte[0], purpose.info(), BYTES);
    }

    @Override
    public void close() {
        secret.close();
    }

    @Override
    public String toString() {
        return "***";
    }
}
