package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.key.Envelope;
import dev.dsync.key.EnvelopeException;
import dev.dsync.key.EnvelopeKind;
import dev.dsync.key.EnvelopeNotOursException;
import dev.dsync.key.Purpose;
import dev.dsync.key.SecretBytes;
import dev.dsync.key.VaultId;
import dev.dsync.key.VaultKey;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a key is the one of the vault that a home works with. Changes nothing. */
public final class KeyCheck {

    /**
     * What the targets of {@code webhooks.txt} said.
     *
     * @param opened how many hold something that the key opens
     * @param empty how many hold no vault
     * @param foreign those that hold the vault of another key, by name
     * @param unreachable how many could not be asked
     */
    public record Targets(int opened, int empty, List<String> foreign, int unreachable) {

        public Targets {
            foreign = List.copyOf(foreign);
        }
    }

    private final VaultBuilder settings;

    /** A check for the home that a vault would be opened in. */
    public KeyCheck(VaultBuilder settings) {
        this.settings = settings;
    }

    /** The vault whose catalog the home has, if it has one. */
    public Optional<String> vaultOfHome() {
        if (!settings.catalogs().exists(settings.home.state())) {
            return Optional.empty();
        }
        try (Catalog catalog = settings.catalogs().openReadOnly(settings.home.state())) {
            return catalog.home().get(Traces.VAULT);
        }
    }

    /**
     * Refuses a key that is not that of the vault in this home, as far as the home alone can tell.
     *
     * @throws ConfigurationException if it is another vault's
     */
    public void requireVaultOfHome(VaultId vault) throws ConfigurationException {
        Optional<String> known = vaultOfHome();
        if (known.isPresent() && !known.get().equals(vault.toString())) {
            throw new ConfigurationException(
                    "this is not the key of the vault in " + settings.home.folder() + ": it opens vault " + vault
                            + ", this home has vault " + known.get() + ". Give the key of that vault");
        }
    }

    /**
     * Asks every target for its root and tries the key on it.
     *
     * @throws ConfigurationException if a line of webhooks.txt names no target
     */
    public Targets askTargets(VaultKey key) throws IOException {
        int opened = 0;
        int empty = 0;
        int unreachable;
        List<String> foreign = new ArrayList<>();
        try (OpenTargets targets = new TargetInspection(settings).open(false);
                SecretBytes rootKey = key.subkey(Purpose.ENVELOPE_ROOT)) {
            Envelope roots = new Envelope(rootKey, EnvelopeKind.ROOT, key.vaultId());
            unreachable = targets.unreachable().size();
            for (StorageBackend target : targets.open().keySet()) {
                try {
                    Optional<ByteBuffer> root = target.root().read();
                    if (root.isEmpty()) {
                        empty++;
                    } else {
                        roots.open(root.get());
                        opened++;
                    }
                } catch (EnvelopeNotOursException e) {
                    foreign.add(target.id().toString());
                } catch (EnvelopeException | StorageException e) {
                    // A root that is damaged says nothing of the key, as one that cannot be read.
                    unreachable++;
                }
            }
        }
        return new Targets(opened, empty, foreign, unreachable);
    }
}
