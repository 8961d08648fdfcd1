package dev.dsync.catalog;

import java.nio.file.Path;

/** Opens the local catalog. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters. */
public interface CatalogProvider {

    /** Whether there is a catalog in the folder. */
    boolean exists(Path stateFolder);

    /**
     * Opens the catalog in the folder for writing, and makes it if there is none. The caller holds the home's lock.
     *
     * @throws CatalogException if it is damaged, or a newer dsync made it
     */
    Catalog open(Path stateFolder);

    /**
     * Opens the catalog in the folder for reading, while another process may write.
     *
     * @throws CatalogException if there is none, it is damaged, or a newer dsync made it
     */
    Catalog openReadOnly(Path stateFolder);
}
