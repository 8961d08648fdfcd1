package dev.dsync.metadata;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.CatalogProvider;
import dev.dsync.catalog.DamagedCatalogException;
import dev.dsync.catalog.OutdatedCatalogException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens {@link SqliteCatalog}s. */
public final class SqliteCatalogProvider implements CatalogProvider {

    /**
     * Does ahead, in the thread that calls, what the first opening of a process would begin with: the same whether it is
     * done or not, and how often. A command that is to be done soon has it done beside its own beginning.
     */
    public static void prepare() {
        DatabaseFile.prepare();
    }

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
        try {
            return SqliteCatalog.openReadOnly(stateFolder);
        } catch (OutdatedCatalogException earlier) {
            bringUpToDate(stateFolder, earlier);
            return SqliteCatalog.openReadOnly(stateFolder);
        }
    }

    /** What is recorded stays the same: whoever only wants to read it need not care which dsync wrote it. */
    private static void bringUpToDate(Path stateFolder, OutdatedCatalogException earlier) {
        try {
            SqliteCatalog.open(stateFolder).close();
        } catch (DamagedCatalogException damaged) {
            throw damaged;
        } catch (CatalogException notWritable) {
            earlier.addSuppressed(notWritable);
            throw earlier;
        }
    }
}
