package dev.dsync.metadata;

/** The tables of one catalog, which know each other. */
record CatalogTables(
        WriterTable writers,
        TargetTable targets,
        ChunkTable chunks,
        PackTable packs,
        PathTable paths,
        VersionTable versions,
        CommitTable commits,
        Freshness freshness) {

    static CatalogTables of(Database database) {
        WriterTable writers = new WriterTable(database);
        TargetTable targets = new TargetTable(database);
        ChunkTable chunks = new ChunkTable(database);
        PackTable packs = new PackTable(database, chunks, targets);
        PathTable paths = new PathTable(database);
        Freshness freshness = new Freshness(database);
        VersionTable versions = new VersionTable(database, paths, chunks, writers, freshness);
        return new CatalogTables(
                writers, targets, chunks, packs, paths, versions, new CommitTable(database), freshness);
    }
}
