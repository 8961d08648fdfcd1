package dev.dsync.metadata;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.HomeState;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.Targets;
import dev.dsync.catalog.Versions;
import java.nio.file.Path;

/**
 * A catalog in an SQLite database, {@code catalog.db} in the home's state folder. About 190 bytes a file; memory stays
 * within a few tens of megabytes however many there are.
 *
 * <p>Everything between two flushes is one transaction on one connection, so what was recorded is seen at once by all
 * threads of this process, cursors included, and by other processes after the flush. Threads take turns, one operation
 * or one row of a cursor at a time. A cursor shows each thing once; what changes while it is open, and lies ahead of
 * it, may show or not.
 */
public final class SqliteCatalog implements Catalog {

    private final Database database;
    private final CatalogTables tables;
    private final Versions versions;
    private final Packs packs;
    private final CommitLog commits;
    private final HomeState home;

    SqliteCatalog(Database database) {
        this.database = database;
        tables = CatalogTables.of(database);
        versions = new SqliteVersions(database, tables);
        packs = new SqlitePacks(database, tables);
        commits = new SqliteCommitLog(database, tables);
        home = new SqliteHomeState(database);
    }

    /**
     * Opens the catalog in a state folder, and makes both if need be. If another process is writing, what needs the
     * write lock waits up to ten seconds for it.
     *
     * @throws dev.dsync.catalog.CatalogException if it is damaged, or made by a newer dsync
     */
    public static SqliteCatalog open(Path stateFolder) {
        return new SqliteCatalog(DatabaseFile.in(stateFolder).open());
    }

    /**
     * Opens the catalog in a state folder for reading; whatever would change it fails. Another process may write
     * meanwhile; each operation sees the newest flush, an open cursor the one at its start.
     *
     * @throws dev.dsync.catalog.CatalogException if there is none, or it is damaged, or another version of dsync made it
     */
    public static SqliteCatalog openReadOnly(Path stateFolder) {
        return new SqliteCatalog(DatabaseFile.in(stateFolder).openReadOnly());
    }

    @Override
    public Versions versions() {
        return versions;
    }

    @Override
    public Packs packs() {
        return packs;
    }

    @Override
    public Targets targets() {
        return tables.targets();
    }

    @Override
    public CommitLog commits() {
        return commits;
    }

    @Override
    public HomeState home() {
        return home;
    }

    @Override
    public void flush() {
        database.commit(() -> {
            tables.freshness().settle();
            tables.packs().sweep();
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
