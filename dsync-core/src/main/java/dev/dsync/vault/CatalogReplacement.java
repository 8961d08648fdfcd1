package dev.dsync.vault;

import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.CatalogProvider;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Takes a damaged catalog out of the way, so that it is rebuilt from the targets like one that is missing. It is a cache,
 * but the only one: it stays where it is unless a target has a root to begin from.
 */
final class CatalogReplacement {

    private final CatalogProvider catalogs;
    private final Path state;
    private final Consumer<String> notices;

    CatalogReplacement(CatalogProvider catalogs, Path state, Consumer<String> notices) {
        this.catalogs = catalogs;
        this.state = state;
        this.notices = notices;
    }

    /**
     * Sets the damaged catalog aside.
     *
     * @throws CatalogException if no target has a root; nothing is changed then
     * @throws NoTargetException if that cannot be found out now; nothing is changed then
     */
    void setAside(OpenTargets targets) throws NoTargetException {
        requireRoot(targets);
        Path aside = catalogs.setAside(state);
        notices.accept("the local catalog was damaged: it is now " + aside
                + ", and a new one is made from what the targets have");
    }

    private void requireRoot(OpenTargets targets) throws NoTargetException {
        String unanswered = targets.unreachable().values().stream()
                .findFirst()
                .map(Throwable::getMessage)
                .orElse("");
        for (StorageBackend target : targets.open().keySet()) {
            try {
                if (target.root().read().isPresent()) {
                    return;
                }
            } catch (StorageException e) {
                unanswered = String.valueOf(e.getMessage());
            }
        }
        if (!unanswered.isEmpty()) {
            throw new NoTargetException("the local catalog in " + state + " is damaged. It can be rebuilt from the"
                    + " targets, but none answers that has a root: " + unanswered + ". Nothing was changed");
        }
        throw new CatalogException(
                "the local catalog in " + state + " is damaged, and no target has a root to"
                        + " rebuild it from: see whether webhooks.txt names the right targets, or bring back a copy of the file. Nothing was changed");
    }
}
