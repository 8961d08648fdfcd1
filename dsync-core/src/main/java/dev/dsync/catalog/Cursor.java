package dev.dsync.catalog;

import java.util.Iterator;

/**
 * Results read one by one, so that a million of them need no more memory than one. Close it when done. For one thread.
 * The catalog may be changed meanwhile: each thing is shown once, in its place, as it was or as it has become.
 */
public interface Cursor<T> extends Iterator<T>, AutoCloseable {

    @Override
    void close();

    /** One cursor after another; closing it closes both. */
    static <T> Cursor<T> joined(Cursor<T> first, Cursor<T> second) {
        return new Cursor<>() {
            @Override
            public boolean hasNext() {
                return first.hasNext() || second.hasNext();
            }

            @Override
            public T next() {
                return first.hasNext() ? first.next() : second.next();
            }

            @Override
            public void close() {
                try (second) {
                    first.close();
                }
            }
        };
    }
}
