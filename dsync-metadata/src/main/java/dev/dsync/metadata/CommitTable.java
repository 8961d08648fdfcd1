package dev.dsync.metadata;

import dev.dsync.catalog.Bytes;
import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog.Head;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.WriterId;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Commits of the past, and the one the catalog stands at. Every method wants the database's lock. */
final class CommitTable {

    private static final String INFO = "number, writer, seconds, nanos, hash";
    private static final String MADE = "SELECT " + INFO + ", blobs, sequence FROM commit_made ";

    private final Database database;

    CommitTable(Database database) {
        this.database = database;
    }

    /** Takes in a record; of two of the same commit the one with the higher sequence holds, else the later. */
    void apply(CommitMade record) throws SQLException {
        StringBuilder blobs = new StringBuilder();
        for (StoredCopy copy : record.blobs()) {
            blobs.append(copy.target())
                    .append(' ')
                    .append(copy.address().value())
                    .append('\n');
        }
        Sql sql = database.sql("INSERT INTO commit_made (" + INFO + ", blobs, sequence) VALUES (?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET blobs = excluded.blobs, sequence = excluded.sequence"
                + " WHERE excluded.sequence >= sequence");
        bind(sql, record.commit())
                .with(blobs.toString())
                .with(record.sequence())
                .run();
    }

    /** Records of commits, by hash. */
    StepCursor.Source<CommitMade> records(long from, long to) {
        return StepCursor.rows(
                () -> database.sql(MADE + "WHERE sequence > ? AND sequence <= ? ORDER BY hash")
                        .with(from)
                        .with(to),
                row -> new CommitMade(info(row), blobs(row.text(6)), row.number(7)));
    }

    List<CommitInfo> history() throws SQLException {
        List<CommitInfo> history = new ArrayList<>();
        try (Sql rows = database.sql(MADE + "ORDER BY number, writer, hash")) {
            while (rows.next()) {
                history.add(info(rows));
            }
        }
        return history;
    }

    boolean knows(Sha256 commit) throws SQLException {
        return database.sql("SELECT 1 FROM commit_made WHERE hash = ?")
                        .with(commit.toBytes())
                        .only(0)
                == 1;
    }

    /** Two ranges of an index: SQLite looks for what is unequal by reading all. */
    boolean hasOther(WriterId writer) throws SQLException {
        return database.sql("SELECT 1 FROM commit_made WHERE writer < ?1 UNION ALL"
                                + " SELECT 1 FROM commit_made WHERE writer > ?1 LIMIT 1")
                        .with(writer.value())
                        .only(0)
                == 1;
    }

    Optional<Head> head() throws SQLException {
        try (Sql row = database.sql("SELECT " + INFO + ", root, content FROM head")) {
            return row.next()
                    ? Optional.of(new Head(info(row), Bytes.of(row.bytes(6)), Bytes.of(row.bytes(7))))
                    : Optional.empty();
        }
    }

    void setHead(Head head) throws SQLException {
        Sql sql = database.sql(
                "INSERT OR REPLACE INTO head (only_row, " + INFO + ", root, content) VALUES (1, ?, ?, ?, ?, ?, ?, ?)");
        bind(sql, head.info())
                .with(head.root().toArray())
                .with(head.content().toArray())
                .run();
    }

    void forget() throws SQLException {
        database.sql("DELETE FROM commit_made").run();
        database.sql("DELETE FROM head").run();
    }

    private static Sql bind(Sql sql, CommitInfo info) throws SQLException {
        return sql.with(info.sequence())
                .with(info.writer().value())
                .with(info.time().getEpochSecond())
                .with(info.time().getNano())
                .with(info.hash().toBytes());
    }

    private static CommitInfo info(Sql row) throws SQLException {
        return new CommitInfo(
                row.number(1),
                new WriterId(row.text(2)),
                Instant.ofEpochSecond(row.number(3), row.number(4)),
                Sha256.of(row.bytes(5)));
    }

    private static List<StoredCopy> blobs(String lines) {
        return lines.lines()
                .map(line -> line.split(" ", 2))
                .map(parts -> new StoredCopy(new TargetId(parts[0]), new BlobAddress(parts[1])))
                .toList();
    }
}
