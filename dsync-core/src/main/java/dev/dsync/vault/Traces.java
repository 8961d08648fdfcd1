package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.HomeState;
import dev.dsync.key.VaultKey;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetGoneException;
import java.io.IOException;
import java.util.Optional;

/**
 * What a vault leaves behind, in its home and on its targets. Where there is a trace of one, nothing is begun anew: that
 * would make what is stored look lost.
 */
final class Traces {

    /** Which vault the state belongs to, so that a wrong key is known before anything is asked of a target. */
    static final String VAULT = "vault";

    private final Home home;

    Traces(Home home) {
        this.home = home;
    }

    ConfigurationException keyOfThisHomeMissing() {
        return new ConfigurationException(missingKey() + "this home has a vault: put its key back");
    }

    /** What is said where this home knows of no vault, before why one of its targets could not be asked for one. */
    private static final String UNKNOWN =
            "no vault is known in this home yet, and whether one lies on its target cannot be" + " told: ";

    /**
     * A new key over existing data would make that data look lost.
     *
     * @param toMake whether a vault is to be made if there is none
     */
    void requireNone(Catalog catalog, OpenTargets targets, boolean toMake) throws IOException {
        if (catalog.home().get(VAULT).isPresent() || catalog.commits().head().isPresent()) {
            throw keyOfThisHomeMissing();
        }
        String missing = missingKey();
        Optional<StorageBackend> holder = rootHolder(
                targets,
                UNKNOWN,
                toMake
                        ? ". Nothing was made or stored: once the target answers, or its line is taken out of webhooks.txt,"
                                + " sync again"
                        : ". Once it answers: if it holds your vault, put the vault's key into " + home.keyFile()
                                + "; if not, 'dsync sync' makes one");
        if (holder.isPresent()) {
            throw new ConfigurationException(missing + shown(holder.get())
                    + " holds a vault: put its key back, or name other targets in " + home.targetLines());
        }
        requireNoBlobs(targets, missing);
    }

    /** Blobs without a root are what is left of a vault: a new history beside them would make them look lost. */
    private void requireNoBlobs(OpenTargets targets, String why) throws IOException {
        Optional<StorageBackend> leftovers = targets.anyWithBlobs();
        if (leftovers.isPresent()) {
            throw new ConfigurationException(why + shown(leftovers.get())
                    + " holds stored blobs, but no root that leads to them."
                    + " Bring its root back (from a backup of the target, or as .dsync of a home that used it)."
                    + " To begin anew all the same, name a new, empty folder in " + home.targetLines());
        }
    }

    /**
     * Before a vault counts as empty, every target must have been asked for it, once.
     *
     * @param mayBeEmpty whether nothing at all is where one may begin
     */
    void requireAllAsked(Catalog catalog, OpenTargets targets, boolean mayBeEmpty) throws IOException {
        if (catalog.commits().head().isPresent() || catalog.home().get(VAULT).isPresent()) {
            return;
        }
        rootHolder(targets, "nothing is known of the vault here, and a target cannot be asked for it: ", "");
        requireNoBlobs(targets, "nothing is known of the vault here, and ");
        if (!mayBeEmpty) {
            throw new ConfigurationException("no target holds anything stored with the key " + home.keyFile()
                    + ": see whether webhooks.txt names the right targets, or begin with 'dsync sync'");
        }
    }

    /** A key of another vault would find nothing here, and lock out the owner of what it stored. */
    void requireSame(HomeState state, VaultKey key) throws IOException {
        String found = key.vaultId().toString();
        Optional<String> known = state.get(VAULT);
        if (known.isPresent() && !known.get().equals(found)) {
            throw new ConfigurationException("the key " + home.keyFile() + " is not the key of the vault in this home"
                    + " (it opens vault " + found + ", this is " + known.get() + "): put the right key back");
        }
    }

    /**
     * A target that has a root, if one has.
     *
     * @throws NoTargetException beginning with {@code unasked} and ending with {@code next}, if none has as far as they could be asked, and not all could
     */
    private static Optional<StorageBackend> rootHolder(OpenTargets targets, String unasked, String next)
            throws NoTargetException {
        Optional<String> failure = targets.unasked();
        for (StorageBackend target : targets.open().keySet()) {
            try {
                if (target.root().read().isPresent()) {
                    return Optional.of(target);
                }
            } catch (TargetGoneException e) {
                // What it held is gone with it.
                continue;
            } catch (StorageException e) {
                failure = Optional.of(String.valueOf(e.getMessage()));
            }
        }
        if (failure.isPresent()) {
            throw new NoTargetException(unasked + failure.get() + next);
        }
        return Optional.empty();
    }

    /** A target for people, who know folders by their paths. */
    private static String shown(StorageBackend target) {
        String folder = target.place().service().equals("file")
                ? " in " + target.place().lane()
                : "";
        return "target " + target.id() + folder;
    }

    private String missingKey() {
        return "the key file " + home.keyFile() + " is missing, but ";
    }
}
