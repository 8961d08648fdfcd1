package dev.dsync.metadata;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The commits of an {@link SqliteCatalog}, and its records as commits carry them. */
final class SqliteCommitLog implements CommitLog {

    /** Columns that hold a sequence, NULL while no commit carries the record. Versions have their own way. */
    private static final List<String[]> SEQUENCES = List.of(
            new String[] {"writer", "sequence"},
            new String[] {"target", "sequence"},
            new String[] {"pack", "sequence"},
            new String[] {"pack", "copies_sequence"},
            new String[] {"pack", "removed_sequence"},
            new String[] {"version_removed", "sequence"});

    private final Database database;
    private final CatalogTables tables;
    private final SegmentRecords records;

    SqliteCommitLog(Database database, CatalogTables tables) {
        this.database = database;
        this.tables = tables;
        this.records = new SegmentRecords(database, tables);
    }

    @Override
    public boolean hasUncommitted() {
        return database.read(() -> {
            if (database.sql("SELECT 1 FROM path WHERE age = " + VersionRow.UNCOMMITTED + " LIMIT 1")
                            .only(0)
                    == 1) {
                return true;
            }
            for (String[] column : SEQUENCES) {
                if (database.sql("SELECT 1 FROM " + column[0] + " WHERE " + column[1] + " IS NULL LIMIT 1")
                                .only(0)
                        == 1) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public void assign(long sequence) {
        database.write(() -> {
            tables.versions().assign(sequence);
            for (String[] column : SEQUENCES) {
                database.sql("UPDATE " + column[0] + " SET " + column[1] + " = ? WHERE " + column[1] + " IS NULL")
                        .with(sequence)
                        .run();
            }
        });
    }

    @Override
    public void reopen(long sequence, WriterId writer) {
        database.write(() -> {
            tables.versions().reopen(sequence, writer);
            for (String[] column : SEQUENCES) {
                database.sql("UPDATE " + column[0] + " SET " + column[1] + " = NULL WHERE " + column[1] + " = ?")
                        .with(sequence)
                        .run();
            }
        });
    }

    @Override
    public Cursor<CatalogRecord> records(long from, long to) {
        return records.open(from, to);
    }

    @Override
    public void apply(CatalogRecord record) {
        database.write(() -> {
            if (record instanceof PathVersion version) {
                tables.versions().apply(version);
            } else if (record instanceof PackContents contents) {
                tables.packs().apply(contents);
            } else if (record instanceof PackCopies copies) {
                tables.packs().apply(copies);
            } else if (record instanceof PackRemoved removed) {
                tables.packs().apply(removed);
            } else if (record instanceof VersionRemoved removed) {
                tables.versions().apply(removed);
            } else if (record instanceof TargetState state) {
                tables.targets().apply(state);
            } else if (record instanceof WriterSeen seen) {
                apply(seen);
            } else if (record instanceof CommitMade made) {
                tables.commits().apply(made);
            }
        });
    }

    @Override
    public void forget() {
        database.write(() -> {
            tables.versions().forget();
            tables.packs().forget();
            tables.targets().forget();
            tables.commits().forget();
            database.sql("UPDATE writer SET host = NULL, folder = NULL, sequence = 0 WHERE sequence IS NOT NULL")
                    .run();
            tables.chunks().sweep();
            tables.freshness().reset();
        });
    }

    @Override
    public void remember(CommitInfo commit, List<StoredCopy> blobs) {
        database.write(() -> tables.commits().apply(new CommitMade(commit, blobs, commit.sequence() + 1)));
    }

    @Override
    public List<CommitInfo> history() {
        return database.read(tables.commits()::history);
    }

    @Override
    public boolean knows(Sha256 commit) {
        return database.read(() -> tables.commits().knows(commit));
    }

    @Override
    public boolean hasCommitOfOther(WriterId writer) {
        return database.read(() -> tables.commits().hasOther(writer));
    }

    @Override
    public Optional<Head> head() {
        return database.read(tables.commits()::head);
    }

    @Override
    public void setHead(Head head) {
        database.write(() -> tables.commits().setHead(head));
    }

    private void apply(WriterSeen seen) throws SQLException {
        tables.writers().number(seen.writer());
        database.sql("UPDATE writer SET host = ?1, folder = ?2, sequence = ?3 WHERE name = ?4"
                        + " AND sequence IS NOT NULL AND (?3 IS NULL OR sequence < ?3)")
                .with(seen.host())
                .with(seen.folder())
                .withNullable(seen.sequence() == Version.UNCOMMITTED ? null : seen.sequence())
                .with(seen.writer().value())
                .run();
    }
}
