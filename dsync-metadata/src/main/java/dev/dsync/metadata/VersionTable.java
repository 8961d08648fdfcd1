package dev.dsync.metadata;

import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Changes to versions. The newest of a path lies in its row of {@code path}, the others in {@code older}. Every method
 * wants the database's lock and an open transaction.
 */
final class VersionTable {

    private final Database database;
    private final PathTable paths;
    private final ChunkTable chunks;
    private final WriterTable writers;
    private final Freshness freshness;

    VersionTable(Database database, PathTable paths, ChunkTable chunks, WriterTable writers, Freshness freshness) {
        this.database = database;
        this.paths = paths;
        this.chunks = chunks;
        this.writers = writers;
        this.freshness = freshness;
    }

    /** Makes an uncommitted version the newest of its path, with what this home saw. */
    void record(Version version, byte[] numbers, OptionalLong stamp) throws SQLException {
        Long seen = stamp.isPresent() ? stamp.getAsLong() : null;
        long path = paths.find(version.path());
        if (path == PathTable.NONE) {
            insert(version, numbers, seen);
        } else {
            archive(path);
            replace(path, version, numbers);
            saw(path, seen);
        }
    }

    void saw(long path, @Nullable Long stamp) throws SQLException {
        database.sql("UPDATE path SET stamp = ? WHERE id = ?")
                .withNullable(stamp)
                .with(path)
                .run();
    }

    /** Takes in a version that a commit carries, or one that none does. */
    void apply(PathVersion record) throws SQLException {
        Version version = record.version();
        long path = paths.find(version.path());
        if (path == PathTable.NONE) {
            insert(version, chunks.numbered(record.chunks()), null);
        } else if (!isRemoved(path, version) && !has(path, version)) {
            byte[] numbers = chunks.numbered(record.chunks());
            if (followsNewest(path, version)) {
                archive(path);
                replace(path, version, numbers);
            } else {
                insertOlder(path, version, numbers);
            }
        }
    }

    /** Takes in a removal; of two of the same version the later holds. */
    void apply(VersionRemoved record) throws SQLException {
        long path = paths.folder(record.path());
        long writer = writers.number(record.writer());
        Long sequence = record.sequence() == Version.UNCOMMITTED ? null : record.sequence();
        database.sql("INSERT INTO version_removed (path, appeared, writer, sequence) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET sequence = CASE WHEN sequence IS NULL OR excluded.sequence IS NULL"
                        + " THEN NULL ELSE max(sequence, excluded.sequence) END")
                .with(path)
                .with(record.appeared())
                .with(writer)
                .withNullable(sequence)
                .run();
        delete(path, record.appeared(), writer);
    }

    /** Takes back an uncommitted version, if the path has one. */
    void removeUncommitted(long path) throws SQLException {
        if (newestSequence(path) == Version.UNCOMMITTED) {
            bringBackNewestOlder(path);
        }
    }

    void assign(long sequence) throws SQLException {
        freshness.committed(database.sql("UPDATE path SET sequence = ?, age = " + VersionRow.FRESH + " WHERE age = "
                        + VersionRow.UNCOMMITTED)
                .with(sequence)
                .run());
    }

    /** Makes a writer's versions with this sequence uncommitted again; those that were replaced since are dropped. */
    void reopen(long sequence, WriterId writer) throws SQLException {
        long number = writers.find(writer);
        reopenReplaced(sequence, number);
        reopenNewest(sequence, number, "age = " + VersionRow.FRESH);
        if (freshness.settled(sequence)) {
            reopenNewest(sequence, number, "age IS NULL");
        }
    }

    /** Removes all versions that a commit carries. */
    void forget() throws SQLException {
        database.sql("DELETE FROM older").run();
        database.sql("UPDATE path SET age = NULL, sequence = NULL, writer = NULL, kind = NULL, size = NULL,"
                        + " seconds = NULL, nanos = NULL, mode = NULL, sha256 = NULL, link = NULL, chunks = NULL"
                        + " WHERE kind IS NOT NULL AND age IS NOT " + VersionRow.UNCOMMITTED)
                .run();
        database.sql("DELETE FROM version_removed WHERE sequence IS NOT NULL").run();
    }

    private void reopenNewest(long sequence, long writer, String where) throws SQLException {
        database.sql("UPDATE path SET age = " + VersionRow.UNCOMMITTED + " WHERE sequence = ? AND writer = ? AND "
                        + where)
                .with(sequence)
                .with(writer)
                .run();
    }

    private void reopenReplaced(long sequence, long writer) throws SQLException {
        String text = "SELECT path FROM older WHERE sequence = ? AND writer = ? AND age = " + VersionRow.FRESH;
        if (freshness.settled(sequence)) {
            text = "SELECT path FROM older WHERE sequence = ? AND writer = ?";
        }
        long[] replaced = database.sql(text).with(sequence).with(writer).numbers();
        for (long path : replaced) {
            if (newestSequence(path) != Version.UNCOMMITTED) {
                archive(path);
                bringBack(path, sequence, writer);
            } else {
                deleteOlder(path, sequence, writer);
            }
        }
    }

    private void insert(Version version, byte[] numbers, @Nullable Long stamp) throws SQLException {
        long parent = paths.folder(version.path().parent());
        String name = version.path().name();
        Sql sql = database.sql("INSERT INTO path (id, parent, name, branch, stamp, age, sequence, writer, "
                        + VersionRow.CONTENT + ") VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .with(paths.add(parent, name))
                .with(parent)
                .with(name)
                .withNullable(stamp);
        VersionRow.bind(bindOrigin(sql, version), version, numbers).run();
    }

    /** Puts a version into the path's row, over the one that is there. */
    private void replace(long path, Version version, byte[] numbers) throws SQLException {
        Sql sql = database.sql("UPDATE path SET (age, sequence, writer, " + VersionRow.CONTENT
                + ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE id = ?");
        VersionRow.bind(bindOrigin(sql, version), version, numbers).with(path).run();
    }

    private void insertOlder(long path, Version version, byte[] numbers) throws SQLException {
        Sql sql = database.sql("INSERT INTO older (path, age, sequence, writer, " + VersionRow.CONTENT
                        + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .with(path);
        VersionRow.bind(bindOrigin(sql, version), version, numbers).run();
    }

    private Sql bindOrigin(Sql sql, Version version) throws SQLException {
        boolean uncommitted = version.sequence() == Version.UNCOMMITTED;
        return sql.withNullable(uncommitted ? Long.valueOf(VersionRow.UNCOMMITTED) : freshness.age(version.sequence()))
                .with(uncommitted ? freshness.nextSequence() : version.sequence())
                .with(writers.number(version.writer()));
    }

    /** Copies the newest version to the older ones, unless no commit carries it. */
    private void archive(long path) throws SQLException {
        database.sql("INSERT INTO older (path, age, sequence, writer, " + VersionRow.CONTENT
                        + ") SELECT id, age, sequence,"
                        + " writer, " + VersionRow.CONTENT
                        + " FROM path WHERE id = ? AND kind IS NOT NULL AND age IS NOT "
                        + VersionRow.UNCOMMITTED)
                .with(path)
                .run();
    }

    private void bringBackNewestOlder(long path) throws SQLException {
        try (Sql older = database.sql("SELECT o.sequence, o.writer FROM older o JOIN writer w ON w.id = o.writer"
                        + " WHERE o.path = ? ORDER BY o.sequence DESC, w.name DESC LIMIT 1")
                .with(path)) {
            if (older.next()) {
                bringBack(path, older.number(1), older.number(2));
                return;
            }
        }
        bringBack(path, -1, -1);
    }

    /** Moves an older version into the path's row; if there is none, the path has no version any more. */
    private void bringBack(long path, long sequence, long writer) throws SQLException {
        database.sql("UPDATE path SET (age, sequence, writer, " + VersionRow.CONTENT
                        + ") = (SELECT age, sequence, writer, "
                        + VersionRow.CONTENT
                        + " FROM older o WHERE o.path = path.id AND o.sequence = ? AND o.writer = ?)"
                        + " WHERE id = ?")
                .with(sequence)
                .with(writer)
                .with(path)
                .run();
        deleteOlder(path, sequence, writer);
    }

    private void deleteOlder(long path, long sequence, long writer) throws SQLException {
        database.sql("DELETE FROM older WHERE path = ? AND sequence = ? AND writer = ?")
                .with(path)
                .with(sequence)
                .with(writer)
                .run();
    }

    private void delete(long path, long sequence, long writer) throws SQLException {
        if (isNewest(path, sequence, writer)) {
            bringBackNewestOlder(path);
        } else {
            deleteOlder(path, sequence, writer);
        }
    }

    private boolean has(long path, Version version) throws SQLException {
        long writer = writers.number(version.writer());
        return isNewest(path, version.sequence(), writer)
                || database.sql("SELECT 1 FROM older WHERE path = ? AND sequence = ? AND writer = ?")
                                .with(path)
                                .with(version.sequence())
                                .with(writer)
                                .only(0)
                        == 1;
    }

    private boolean isNewest(long path, long sequence, long writer) throws SQLException {
        return database.sql("SELECT 1 FROM path WHERE id = ? AND kind IS NOT NULL AND age IS NOT "
                                + VersionRow.UNCOMMITTED + " AND sequence = ? AND writer = ?")
                        .with(path)
                        .with(sequence)
                        .with(writer)
                        .only(0)
                == 1;
    }

    private boolean isRemoved(long path, Version version) throws SQLException {
        return database.sql("SELECT 1 FROM version_removed WHERE path = ? AND appeared = ? AND writer = ?")
                        .with(path)
                        .with(version.sequence())
                        .with(writers.number(version.writer()))
                        .only(0)
                == 1;
    }

    private boolean followsNewest(long path, Version version) throws SQLException {
        try (Sql row = newest(path)) {
            if (!row.next() || !VersionRow.present(row, 1)) {
                return true;
            }
            long newest = VersionRow.sequence(row, 1);
            return version.sequence() == Version.UNCOMMITTED
                    || version.sequence() > newest
                    || version.sequence() == newest
                            && version.writer().compareTo(VersionRow.writer(row, 1, writers)) > 0;
        }
    }

    private long newestSequence(long path) throws SQLException {
        try (Sql row = newest(path)) {
            return row.next() && VersionRow.present(row, 1) ? VersionRow.sequence(row, 1) : 0;
        }
    }

    private Sql newest(long path) throws SQLException {
        return database.sql("SELECT " + VersionRow.COLUMNS.apart() + " FROM path v WHERE v.id = ?")
                .with(path);
    }
}
