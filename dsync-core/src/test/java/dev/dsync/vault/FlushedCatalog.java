package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.HomeState;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.Targets;
import dev.dsync.catalog.Versions;

/** A catalog that tells when it was flushed. */
record FlushedCatalog(Catalog inner, Runnable flushed) implements Catalog {

    @Override
    public Versions versions() {
        return inner.versions();
    }

    @Override
    public Packs packs() {
        return inner.packs();
    }

    @Override
    public Targets targets() {
        return inner.targets();
    }

    @Override
    public CommitLog commits() {
        return inner.commits();
    }

    @Override
    public HomeState home() {
        return inner.home();
    }

    @Override
    public void flush() {
        inner.flush();
        flushed.run();
    }

    @Override
    public void close() {
        inner.close();
    }
}
