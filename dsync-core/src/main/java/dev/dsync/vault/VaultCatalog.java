package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import java.io.Closeable;
import java.nio.file.Path;

/**
 * What this home knows of its vault, open for reading: which versions of which files there are, and where they lie. No
 * target is opened for it, so it is there at once, and gives no content. Safe for use by many threads.
 */
public final class VaultCatalog implements Closeable {

    private final Catalog catalog;
    private final Home home;

    VaultCatalog(Catalog catalog, Home home) {
        this.catalog = catalog;
        this.home = home;
    }

    /** Versions, packs, targets, commits. */
    public Catalog catalog() {
        return catalog;
    }

    /** The folder that is kept safe. */
    public Path syncedFolder() {
        return new SyncedFolder(catalog, home).path();
    }

    @Override
    public void close() {
        catalog.close();
    }
}
