package dev.dsync.metadata;

import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions;
import dev.dsync.source.RelativePath;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The versions of an {@link SqliteCatalog}. */
final class SqliteVersions implements Versions {

    private static final Columns NAME = Columns.name("v.name");
    private static final Columns KNOWN = VersionRow.COLUMNS.and(Columns.numbers("v.stamp"));
    private static final Columns LISTED =
            VersionRow.COLUMNS.and(Columns.numbers("v.id", "(SELECT count(*) FROM older o WHERE o.path = v.id)"));
    private static final String OLDER =
            "SELECT " + VersionRow.COLUMNS.apart() + " FROM older v JOIN writer w ON w.id = v.writer WHERE v.path = ?";

    private final Database database;
    private final PathTable paths;
    private final ChunkTable chunks;
    private final WriterTable writers;
    private final VersionTable table;
    private final FolderRows knownChildren;
    private final FolderRows listedChildren;

    SqliteVersions(Database database, CatalogTables tables) {
        this.database = database;
        this.paths = tables.paths();
        this.chunks = tables.chunks();
        this.writers = tables.writers();
        this.table = tables.versions();
        this.knownChildren = new FolderRows(database, NAME.and(KNOWN));
        this.listedChildren = new FolderRows(database, NAME.and(LISTED));
    }

    @Override
    public Map<String, Known> children(RelativePath folder) {
        return database.read(() -> {
            Map<String, Known> children = new LinkedHashMap<>();
            try (Rows rows = knownChildren.in(paths.find(folder))) {
                while (rows.next()) {
                    if (VersionRow.present(rows, 2)) {
                        String name = rows.text(1);
                        children.put(name, known(rows, 2, folder.resolve(name)));
                    }
                }
            }
            return children;
        });
    }

    @Override
    public Optional<Known> newest(RelativePath path) {
        return database.read(() -> {
            try (Sql row = database.sql(
                            "SELECT " + KNOWN.apart() + " FROM path v WHERE v.id = ? AND v.kind IS NOT NULL")
                    .with(paths.find(path))) {
                return row.next() ? Optional.of(known(row, 1, path)) : Optional.empty();
            }
        });
    }

    @Override
    public void record(Version version, ChunkList chunkList, OptionalLong stamp) {
        if (version.sequence() != Version.UNCOMMITTED) {
            throw new IllegalArgumentException("a version of " + version.path() + " already has a sequence");
        }
        database.write(() -> {
            byte[] numbers = chunks.recorded(chunkList)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "a version of " + version.path() + " is made of a chunk that lies in no recorded pack"));
            table.record(version, numbers, stamp);
        });
    }

    @Override
    public void remove(Version version) {
        database.write(() -> {
            long path = paths.find(version.path());
            if (path == PathTable.NONE) {
                return;
            }
            if (version.sequence() == Version.UNCOMMITTED) {
                table.removeUncommitted(path);
            } else if (history(path, version.path()).contains(version)) {
                table.apply(
                        new VersionRemoved(version.path(), version.sequence(), version.writer(), Version.UNCOMMITTED));
            }
        });
    }

    @Override
    public void saw(RelativePath path, OptionalLong stamp) {
        database.write(() -> table.saw(paths.find(path), stamp.isPresent() ? stamp.getAsLong() : null));
    }

    @Override
    public Cursor<Known> liveBelow(RelativePath folder) {
        return walk(
                KNOWN,
                folder,
                (path, row) -> exists(row, TreeWalk.COLUMN) ? List.of(known(row, TreeWalk.COLUMN, path)) : List.of());
    }

    @Override
    public Cursor<Listed> tree(RelativePath from, long sequence, Scope scope) {
        return walk(
                LISTED,
                from,
                (path, row) -> listed(path, row, TreeWalk.COLUMN, sequence, scope)
                        .map(List::of)
                        .orElse(List.of()));
    }

    @Override
    public List<Listed> folder(RelativePath folder, long sequence, Scope scope) {
        return database.read(() -> {
            List<Listed> children = new ArrayList<>();
            try (Rows rows = listedChildren.in(paths.find(folder))) {
                while (rows.next()) {
                    listed(folder.resolve(rows.text(1)), rows, 2, sequence, scope)
                            .ifPresent(children::add);
                }
            }
            return children;
        });
    }

    @Override
    public Optional<Version> at(RelativePath path, long sequence) {
        return database.read(() -> {
            try (Sql row = database.sql("SELECT " + VersionRow.COLUMNS.apart()
                            + " FROM path v WHERE v.id = ? AND v.kind IS NOT NULL")
                    .with(paths.find(path))) {
                if (row.next() && VersionRow.sequence(row, 1) <= sequence) {
                    return Optional.of(VersionRow.read(row, 1, path, writers));
                }
            }
            return newestOlder(paths.find(path), path, sequence);
        });
    }

    @Override
    public List<Version> history(RelativePath path) {
        return database.read(() -> history(paths.find(path), path));
    }

    @Override
    public ChunkList chunks(Version version) {
        return database.read(() -> {
            long path = paths.find(version.path());
            long writer = writers.find(version.writer());
            boolean uncommitted = version.sequence() == Version.UNCOMMITTED;
            Sql sql = uncommitted
                    ? database.sql("SELECT chunks FROM path WHERE id = ? AND writer = ? AND age = "
                                    + VersionRow.UNCOMMITTED)
                            .with(path)
                            .with(writer)
                    : database.sql(
                                    "SELECT chunks FROM path WHERE id = ?1 AND writer = ?2 AND sequence = ?3 AND age IS NOT "
                                            + VersionRow.UNCOMMITTED
                                            + " UNION ALL SELECT chunks FROM older WHERE path = ?1 AND writer = ?2 AND sequence = ?3")
                            .with(path)
                            .with(writer)
                            .with(version.sequence());
            try (sql) {
                if (!sql.next()) {
                    throw new IllegalArgumentException("no such version is recorded: " + version);
                }
                return chunks.reader().read(sql.bytesOrNone(1));
            }
        });
    }

    @Override
    public Totals totals() {
        return database.read(() -> {
            int file = VersionKind.FILE.ordinal();
            int deleted = VersionKind.DELETED.ordinal();
            try (Sql row = database.sql("SELECT (SELECT count(*) FROM path WHERE kind = ?1),"
                            + " (SELECT count(*) FROM path v WHERE kind = ?2 AND ?1 = (SELECT o.kind FROM older o"
                            + " JOIN writer w ON w.id = o.writer WHERE o.path = v.id AND o.kind <> ?2"
                            + " ORDER BY o.sequence DESC, w.name DESC LIMIT 1)),"
                            + " (SELECT coalesce(sum(size), 0) FROM path WHERE kind = ?1)")
                    .with(file)
                    .with(deleted)) {
                row.next();
                return new Totals(row.number(1), row.number(2), row.number(3));
            }
        });
    }

    private <T> Cursor<T> walk(Columns columns, RelativePath from, TreeWalk.Visitor<T> visitor) {
        return database.read(
                () -> new StepCursor<>(database, TreeWalk.ofPages(database, columns, from, paths.find(from), visitor)));
    }

    private Optional<Listed> listed(RelativePath path, Row row, int column, long sequence, Scope scope)
            throws SQLException {
        if (!VersionRow.present(row, column)) {
            return Optional.empty();
        }
        int older = row.integer(column + VersionRow.WIDTH + 1);
        Version version = VersionRow.read(row, column, path, writers);
        if (version.sequence() <= sequence && !version.deleted()) {
            return Optional.of(new Listed(version, older + 1, older + 1));
        }
        if (older == 0) {
            return Optional.empty();
        }
        return listedBefore(history(row.number(column + VersionRow.WIDTH), path), sequence, scope);
    }

    private static Optional<Listed> listedBefore(List<Version> history, long sequence, Scope scope) {
        int number = history.size();
        while (number > 0 && history.get(number - 1).sequence() > sequence) {
            number--;
        }
        while (scope == Scope.WITH_DELETED
                && number > 0
                && history.get(number - 1).deleted()) {
            number--;
        }
        if (number == 0 || history.get(number - 1).deleted()) {
            return Optional.empty();
        }
        return Optional.of(new Listed(history.get(number - 1), number, history.size()));
    }

    private List<Version> history(long number, RelativePath path) throws SQLException {
        List<Version> history = new ArrayList<>();
        try (Sql rows = database.sql(OLDER + " ORDER BY v.sequence, w.name").with(number)) {
            while (rows.next()) {
                history.add(VersionRow.read(rows, 1, path, writers));
            }
        }
        try (Sql row = database.sql(
                        "SELECT " + VersionRow.COLUMNS.apart() + " FROM path v WHERE v.id = ? AND v.kind IS NOT NULL")
                .with(number)) {
            if (row.next()) {
                history.add(VersionRow.read(row, 1, path, writers));
            }
        }
        return history;
    }

    private Optional<Version> newestOlder(long number, RelativePath path, long sequence) throws SQLException {
        try (Sql row = database.sql(OLDER + " AND v.sequence <= ? ORDER BY v.sequence DESC, w.name DESC LIMIT 1")
                .with(number)
                .with(sequence)) {
            return row.next() ? Optional.of(VersionRow.read(row, 1, path, writers)) : Optional.empty();
        }
    }

    private Known known(Row row, int column, RelativePath path) throws SQLException {
        Long stamp = row.nullable(column + VersionRow.WIDTH);
        return new Known(
                VersionRow.read(row, column, path, writers),
                stamp == null ? OptionalLong.empty() : OptionalLong.of(stamp));
    }

    private static boolean exists(Row row, int column) throws SQLException {
        return VersionRow.present(row, column) && row.integer(column) != VersionKind.DELETED.ordinal();
    }
}
