package dev.dsync.pack;

import dev.dsync.key.CommittedKey;
import dev.dsync.key.Purpose;
import dev.dsync.key.SecretBytes;
import dev.dsync.key.VaultId;
import dev.dsync.key.VaultKey;

/**
 * What of a vault's key it takes to write and read packs: one key for each {@link Suite}, from which each pack gets its
 * own. Safe for use by many threads. Closing wipes it; writers and readers made before keep their own keys.
 */
public final class PackKeys implements AutoCloseable {

    private static final String INFO = "dsync 1 pack key";

    private final VaultId vaultId;
    private final SecretBytes sealed;
    private final SecretBytes plain;

    private PackKeys(VaultId vaultId, SecretBytes sealed, SecretBytes plain) {
        this.vaultId = vaultId;
        this.sealed = sealed;
        this.plain = plain;
    }

    /** The pack keys of the vault that {@code key} opens; {@code key} stays the caller's, who may close it. */
    public static PackKeys of(VaultKey key) {
        return new PackKeys(key.vaultId(), key.subkey(Purpose.PACK), key.subkey(Purpose.PLAIN_PACK));
    }

    /** The vault whose packs these keys open. */
    public VaultId vaultId() {
        return vaultId;
    }

    /** The key of one pack; the caller closes it. */
    CommittedKey derive(Suite suite, PackId pack) {
        return CommittedKey.derive(suite == Suite.NONE ? plain : sealed, pack.toBytes(), INFO);
    }

    @Override
    public void close() {
        sealed.close();
        plain.close();
    }

    @Override
    public String toString() {
        return "***";
    }
}
