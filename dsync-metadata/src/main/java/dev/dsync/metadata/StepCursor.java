package dev.dsync.metadata;

import dev.dsync.catalog.Cursor;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cursor over what a source finds step by step, each step under the database's lock. */
final class StepCursor<T> implements Cursor<T> {

    /** Where the items come from. Called under the lock. */
    interface Source<T> {

        /** The next item, if there is one. Not called again after it has said that there is none. */
        Optional<T> next() throws SQLException;

        /** Lets go of what it holds. */
        void close() throws SQLException;
    }

    /** Makes an item of a row. */
    interface Row<T> {
        T read(Sql row) throws SQLException;
    }

    private final Database database;
    private final Source<T> source;
    private @Nullable T ready;
    private boolean ended;

    StepCursor(Database database, Source<T> source) {
        this.database = database;
        this.source = source;
    }

    /** A source that reads the rows of one query, which runs when the first is asked for. */
    static <T> Source<T> rows(Database.Work<Sql> query, Row<T> row) {
        return new Source<>() {
            private @Nullable Sql open;

            @Override
            public Optional<T> next() throws SQLException {
                Sql sql = open;
                if (sql == null) {
                    sql = query.run();
                    open = sql;
                }
                return sql.next() ? Optional.of(row.read(sql)) : Optional.empty();
            }

            @Override
            public void close() throws SQLException {
                if (open != null) {
                    open.close();
                }
            }
        };
    }

    @Override
    public boolean hasNext() {
        if (ready == null && !ended) {
            ready = database.read(source::next).orElse(null);
            ended = ready == null;
        }
        return ready != null;
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("nothing is left");
        }
        T next = ready;
        ready = null;
        if (next == null) {
            throw new IllegalStateException("nothing was ready");
        }
        return next;
    }

    @Override
    public void close() {
        ended = true;
        ready = null;
        database.release(source::close);
    }
}
