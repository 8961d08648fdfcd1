package dev.dsync.catalog;

import java.util.Iterator;

/** Results read one by one, so that a million of them need no more memory than one. Close it when done. */
public interface Cursor<T> extends Iterator<T>, AutoCloseable {

    @Override
    void close();
}
