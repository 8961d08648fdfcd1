package dev.dsync.catalog;

/** Where the catalogs of one test lie: what outlives them. */
public interface CatalogFiles {

    /** Opens the catalog, which is empty at first. The test closes it. */
    Catalog open();

    /** Opens what a crash right now would leave, while {@code running} is open and goes on without knowing. */
    Catalog openAsAfterCrashOf(Catalog running);
}
