package dev.dsync.metadata;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget.State;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import dev.dsync.pack.PackId;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.TargetId;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the records of a range of sequences in segment order: kind after kind, each when the one before is through. */
final class SegmentRecords {

    private static final String RANGE = range("sequence");
    private static final byte[] NO_BYTES = {};

    private final Database database;
    private final CatalogTables tables;
    private final AtomicLong walks = new AtomicLong();

    SegmentRecords(Database database, CatalogTables tables) {
        this.database = database;
        this.tables = tables;
    }

    /** Records with {@code from < sequence <= to}. */
    Cursor<CatalogRecord> open(long from, long to) {
        long highest = Math.min(to, Version.UNCOMMITTED - 1);
        return new StepCursor<>(database, new Records(from, highest));
    }

    /** The condition that a column lies in the range that the first two parameters give. */
    private static String range(String column) {
        return column + " > ?1 AND " + column + " <= ?2";
    }

    /** The records of one range. */
    private final class Records implements StepCursor.Source<CatalogRecord> {

        private final long from;
        private final long to;
        private final long changedPaths = walks.incrementAndGet();
        private final long removedPaths = walks.incrementAndGet();
        private final Deque<StepCursor.Source<? extends CatalogRecord>> kinds = new ArrayDeque<>();
        private final ChunkTable.Reader chunks = tables.chunks().reader();
        private boolean begun;

        private Records(long from, long to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public Optional<CatalogRecord> next() throws SQLException {
            if (!begun) {
                begun = true;
                begin();
            }
            while (!kinds.isEmpty()) {
                Optional<? extends CatalogRecord> record = kinds.getFirst().next();
                if (record.isPresent()) {
                    return Optional.of(record.get());
                }
                kinds.removeFirst().close();
            }
            return Optional.empty();
        }

        @Override
        public void close() throws SQLException {
            for (StepCursor.Source<? extends CatalogRecord> kind : kinds) {
                kind.close();
            }
            kinds.clear();
            database.sql("DELETE FROM temp.visit WHERE walk IN (?, ?)")
                    .with(changedPaths)
                    .with(removedPaths)
                    .run();
        }

        private void begin() throws SQLException {
            kinds.add(tables.commits().records(from, to));
            kinds.add(rows(
                    "SELECT name, host, folder, sequence FROM writer WHERE host IS NOT NULL AND " + RANGE
                            + " ORDER BY name",
                    row -> new WriterSeen(new WriterId(row.text(1)), row.text(2), row.text(3), row.number(4))));
            kinds.add(rows(
                    "SELECT name, state, sequence FROM target WHERE " + RANGE + " ORDER BY name",
                    row -> new TargetState(
                            new TargetId(row.text(1)),
                            row.integer(2) == 0 ? State.ACTIVE : State.RETIRED,
                            row.number(3))));
            kinds.add(rows(
                    "SELECT " + PackTable.COLUMNS
                            + ", p.first_chunk, p.sequence FROM pack p WHERE kind IS NOT NULL AND " + RANGE
                            + " ORDER BY salt",
                    row -> new PackContents(tables.packs().directory(row), row.number(7))));
            kinds.add(rows(
                    "SELECT salt, id, copies_sequence FROM pack WHERE " + range("copies_sequence") + " ORDER BY salt",
                    row -> new PackCopies(
                            PackId.of(row.bytes(1)), tables.packs().copies(row.number(2)), row.number(3))));
            kinds.add(versions());
            // A segment that starts at 0 is all there is: what is gone need not be said to be gone.
            if (from > 0) {
                kinds.add(rows(
                        "SELECT salt, removed_sequence FROM pack WHERE " + range("removed_sequence") + " ORDER BY salt",
                        row -> new PackRemoved(PackId.of(row.bytes(1)), row.number(2))));
                kinds.add(removedVersions());
            }
        }

        private <T extends CatalogRecord> StepCursor.Source<T> rows(String text, StepCursor.Row<T> row) {
            return StepCursor.rows(() -> database.sql(text).with(from).with(to), row);
        }

        private StepCursor.Source<PathVersion> versions() throws SQLException {
            Columns columns = VersionRow.COLUMNS
                    .and(Columns.bytes("v.chunks"))
                    .and(Columns.numbers("v.id", "EXISTS (SELECT 1 FROM older o WHERE o.path = v.id)"));
            if (from == 0 || tables.freshness().settled(from + 1)) {
                return TreeWalk.ofRows(database, columns, 0, this::versions);
            }
            String fresh = " WHERE age = " + VersionRow.FRESH + " AND " + RANGE;
            visit(changedPaths, "SELECT id FROM path" + fresh + " UNION ALL SELECT path FROM older" + fresh);
            return TreeWalk.ofRows(database, columns, changedPaths, this::versions);
        }

        private List<PathVersion> versions(RelativePath path, Row row) throws SQLException {
            List<PathVersion> found = new ArrayList<>(1);
            int next = TreeWalk.COLUMN + VersionRow.WIDTH;
            if (row.integer(next + 2) != 0) {
                try (Sql older = database.sql(
                                "SELECT " + VersionRow.COLUMNS.apart() + ", v.chunks FROM older v JOIN writer w"
                                        + " ON w.id = v.writer WHERE v.path = ?3 AND " + range("v.sequence")
                                        + " ORDER BY v.sequence, w.name")
                        .with(from)
                        .with(to)
                        .with(row.number(next + 1))) {
                    while (older.next()) {
                        found.add(version(path, older, 1));
                    }
                }
            }
            if (VersionRow.present(row, TreeWalk.COLUMN)) {
                long sequence = VersionRow.sequence(row, TreeWalk.COLUMN);
                if (sequence > from && sequence <= to) {
                    found.add(version(path, row, TreeWalk.COLUMN));
                }
            }
            return found;
        }

        private PathVersion version(RelativePath path, Row row, int column) throws SQLException {
            return new PathVersion(
                    VersionRow.read(row, column, path, tables.writers()),
                    chunks.read(row.optionalBytes(column + VersionRow.WIDTH).orElse(NO_BYTES)));
        }

        private StepCursor.Source<VersionRemoved> removedVersions() throws SQLException {
            visit(removedPaths, "SELECT path FROM version_removed WHERE " + RANGE);
            return TreeWalk.ofRows(database, Columns.numbers("v.id"), removedPaths, this::removedVersions);
        }

        private List<VersionRemoved> removedVersions(RelativePath path, Row row) throws SQLException {
            List<VersionRemoved> found = new ArrayList<>(1);
            try (Sql rows = database.sql("SELECT r.appeared, r.writer, r.sequence FROM version_removed r JOIN writer w"
                            + " ON w.id = r.writer WHERE r.path = ?3 AND " + range("r.sequence")
                            + " ORDER BY r.appeared, w.name")
                    .with(from)
                    .with(to)
                    .with(row.number(TreeWalk.COLUMN))) {
                while (rows.next()) {
                    WriterId writer = tables.writers().writer(rows.number(2));
                    found.add(new VersionRemoved(path, rows.number(1), writer, rows.number(3)));
                }
            }
            return found;
        }

        private void visit(long walk, String query) throws SQLException {
            database.scratch(() -> {
                try (Sql rows = database.sql(query).with(from).with(to)) {
                    while (rows.next()) {
                        tables.paths().visit(walk, rows.number(1));
                    }
                }
                return walk;
            });
        }
    }
}
