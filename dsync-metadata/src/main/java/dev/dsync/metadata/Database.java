package dev.dsync.metadata;

import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.DamagedCatalogException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to the database file, a lock around it, and its prepared statements. What is changed stays in one
 * open transaction until {@link #commit}; reads on the same connection see it at once. The lock is held for one
 * operation or one row of a cursor, never longer, so a long cursor holds nobody up.
 *
 * <p>An operation that fails half-way takes everything since the last commit with it: from then on every call fails, so
 * that nobody builds on what is lost, and tells of that first failure.
 */
final class Database {

    private final DatabaseFile file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<PreparedStatement>> idle = new HashMap<>();
    private boolean writing;
    private long transaction;
    private @Nullable CatalogException broken;

    Database(DatabaseFile file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Something to do with the database. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Something to do that has no result. */
    interface Change {
        void run() throws SQLException;
    }

    /** Does something that reads. */
    <T> T read(Work<T> work) {
        lock.lock();
        try {
            requireUsable();
            return work.run();
        } catch (SQLException e) {
            throw file.failure(e);
        } finally {
            lock.unlock();
        }
    }

    /** Does something that changes the catalog, in the open transaction. */
    void write(Change change) {
        lock.lock();
        try {
            requireUsable();
            begin();
            change.run();
        } catch (SQLException e) {
            throw writing ? breakDown(file.failure(e)) : file.failure(e);
        } catch (CatalogException e) {
            throw writing ? breakDown(e) : e;
        } finally {
            lock.unlock();
        }
    }

    /** Lets go of statements; does nothing once the connection is closed, because that has done it. */
    void release(Change change) {
        lock.lock();
        try {
            if (!connection.isClosed()) {
                change.run();
            }
        } catch (SQLException e) {
            throw file.failure(e);
        } finally {
            lock.unlock();
        }
    }

    /** Does something that changes temporary tables only. */
    <T> T scratch(Work<T> work) {
        return read(() -> {
            if (writing) {
                return work.run();
            }
            execute("BEGIN");
            try {
                return work.run();
            } finally {
                execute("COMMIT");
            }
        });
    }

    /** The statement with this text, ready for its parameters. */
    Sql sql(String text) throws SQLException {
        Deque<PreparedStatement> ready = idle.computeIfAbsent(text, unused -> new ArrayDeque<>());
        PreparedStatement statement = ready.poll();
        return new Sql(statement == null ? connection.prepareStatement(text) : statement, ready);
    }

    /** Which transaction is open: a number of its own for each, 0 if none. While it lasts nobody else changes anything. */
    long transaction() {
        return writing ? transaction : 0;
    }

    /** Makes all changes lasting, if there are any, after a last one. */
    void commit(Change last) {
        lock.lock();
        try {
            requireUsable();
            if (writing) {
                last.run();
                execute("COMMIT");
                writing = false;
            }
        } catch (SQLException e) {
            throw breakDown(file.failure(e));
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connection; what was not committed is gone. */
    void close() {
        lock.lock();
        try {
            if (!connection.isClosed()) {
                if (writing) {
                    execute("ROLLBACK");
                }
                connection.close();
            }
        } catch (SQLException e) {
            throw file.failure(e);
        } finally {
            writing = false;
            broken = new CatalogException("the catalog is closed");
            lock.unlock();
        }
    }

    private void begin() throws SQLException {
        if (!writing) {
            if (connection.isReadOnly()) {
                throw new CatalogException(file.path() + " is open for reading only");
            }
            execute("BEGIN IMMEDIATE");
            writing = true;
            transaction++;
        }
    }

    private void execute(String command) throws SQLException {
        sql(command).run();
    }

    private CatalogException breakDown(CatalogException failure) {
        broken = failure;
        try {
            writing = false;
            execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** Whoever comes later is told what happened first: of several threads, none knows whose failure people will see. */
    private void requireUsable() {
        if (broken != null) {
            throw broken instanceof DamagedCatalogException damaged
                    ? new DamagedCatalogException(String.valueOf(damaged.getMessage()), damaged)
                    : new CatalogException(String.valueOf(broken.getMessage()), broken);
        }
    }
}
