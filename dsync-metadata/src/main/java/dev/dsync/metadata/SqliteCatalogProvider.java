package dev.dsync.metadata;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogProvider;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens {@link SqliteCatalog}s. */
public final class SqliteCatalogProvider implements CatalogProvider {

    @Override
    public boolean exists(Path stateFolder) {
        return Files.exists(DatabaseFile.in(stateFolder).path());
    }

    @Override
    public Catalog open(Path stateFolder) {
        return SqliteCatalog.open(stateFolder);
    }

    @Override
    public Path setAside(Path stateFolder) {
        return DatabaseFile.in(stateFolder).setAside();
    }

    @Override
    public Catalog openReadOnly(Path stateFolder) {
        return SqliteCatalog.openReadOnly(stateFolder);
    }
}
