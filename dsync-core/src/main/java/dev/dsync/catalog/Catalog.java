package dev.dsync.catalog;

import java.io.Closeable;

/**
 * What the vault holds, as this home knows it: which versions of which paths, of which chunks they are made, in which
 * packs those lie, on which targets those are.
 *
 * <p>It is a cache of what the targets hold, plus a little that is true of this home alone ({@link HomeState}). What is
 * recorded becomes lasting with {@link #flush}; a crash goes back to the last flush, as a whole. New records carry no
 * sequence until {@link CommitLog#assign} gives them one.
 *
 * <p>Safe for use by many threads of one process. One process writes at a time (the caller holds the home's lock);
 * others may read meanwhile and see the last flush. Every method may throw {@link CatalogException}; one that changes
 * something and throws it leaves the catalog as after a crash, to be opened again.
 */
public interface Catalog extends Closeable {

    /** States of paths. */
    Versions versions();

    /** Packs and the chunks in them. */
    Packs packs();

    /** Targets, remembered. */
    Targets targets();

    /** Commits and the records they carry, in and out. */
    CommitLog commits();

    /** What is true of this home alone. */
    HomeState home();

    /** Makes everything recorded so far lasting. */
    void flush();

    /** Lets go of it. What was not flushed is gone, as after a crash; everything but this then fails. */
    @Override
    void close();
}
