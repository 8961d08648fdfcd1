package dev.dsync.catalog;

import java.nio.file.Path;

/** Opens the local catalog. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. */
public interface CatalogProvider {

    /** Whether there is a catalog in the folder. */
    boolean exists(Path stateFolder);

    /**
     * Opens the catalog in the folder for writing, and makes it if there is none. The caller holds the home's lock.
     *
     * @throws DamagedCatalogException if it is damaged, or was found damaged before
     * @throws CatalogException if a newer dsync made it, or it cannot be opened
     */
    Catalog open(Path stateFolder);

    /**
     * Moves a damaged catalog out of the way, with all that belongs to it. The caller holds the home's lock and has
     * closed it.
     *
     * @return where it is now
     */
    Path setAside(Path stateFolder);

    /**
     * Opens the catalog in the folder for reading, while another process may write.
     *
     * @throws DamagedCatalogException if it is damaged, or was found damaged before
     * @throws CatalogException if there is none, a newer dsync made it, or it cannot be opened
     */
    Catalog openReadOnly(Path stateFolder);
}
