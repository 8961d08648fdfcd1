package dev.dsync.metadata;

import dev.dsync.source.RelativePath;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks down the tree of paths, in tree order, one query a folder. Holds a row of each folder above the current path,
 * never more.
 */
final class TreeWalk<T> implements StepCursor.Source<T> {

    /** Says what a path yields. The row's columns from {@value #COLUMN} on are the ones asked for. */
    interface Visitor<T> {
        List<T> visit(RelativePath path, Row row) throws SQLException;
    }

    /** The first column that belongs to the visitor. */
    static final int COLUMN = 4;

    private static final Columns NODE =
            Columns.numbers("v.id").and(Columns.name("v.name")).and(Columns.numbers("v.branch"));

    private record Level(RelativePath folder, Rows rows) {}

    private final Database database;
    private final Columns columns;
    private final @Nullable FolderRows pages;
    private final long listed;
    private final Visitor<T> visitor;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final RelativePath from;
    private final long fromNumber;
    private boolean begun;
    private Iterator<T> found = List.<T>of().iterator();

    private TreeWalk(
            Database database,
            Columns columns,
            @Nullable FolderRows pages,
            RelativePath from,
            long fromNumber,
            long listed,
            Visitor<T> visitor) {
        this.database = database;
        this.columns = columns;
        this.pages = pages;
        this.from = from;
        this.fromNumber = fromNumber;
        this.listed = listed;
        this.visitor = visitor;
    }

    /**
     * A walk over {@code from} and what is below it, which takes many rows at once: they must be short.
     *
     * @param columns what the visitor wants to know of a path, columns of {@code path v}
     * @param fromNumber the number of {@code from}, or {@link PathTable#NONE}
     */
    static <T> TreeWalk<T> ofPages(
            Database database, Columns columns, RelativePath from, long fromNumber, Visitor<T> visitor) {
        Columns all = NODE.and(columns);
        return new TreeWalk<>(database, all, new FolderRows(database, all), from, fromNumber, 0, visitor);
    }

    /**
     * A walk over all paths, or some, which takes row after row.
     *
     * @param columns what the visitor wants to know of a path, columns of {@code path v}
     * @param listed which walk of {@code temp.visit} to keep to; 0 for all paths
     */
    static <T> TreeWalk<T> ofRows(Database database, Columns columns, long listed, Visitor<T> visitor) {
        return new TreeWalk<>(database, NODE.and(columns), null, RelativePath.ROOT, PathTable.ROOT, listed, visitor);
    }

    @Override
    public Optional<T> next() throws SQLException {
        if (!begun) {
            begun = true;
            begin();
        }
        while (!found.hasNext() && !levels.isEmpty()) {
            Level level = levels.getFirst();
            if (level.rows.next()) {
                visit(level.folder.resolve(level.rows.text(2)), level.rows);
            } else {
                level.rows.close();
                levels.removeFirst();
            }
        }
        return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
    }

    @Override
    public void close() throws SQLException {
        for (Level level : levels) {
            level.rows.close();
        }
        levels.clear();
    }

    private void begin() throws SQLException {
        try (Sql start = database.sql("SELECT " + columns.apart() + " FROM path v WHERE v.id = ?")
                .with(fromNumber)) {
            if (start.next()) {
                visit(from, start);
            }
        }
    }

    private void visit(RelativePath path, Row row) throws SQLException {
        found = visitor.visit(path, row).iterator();
        if (row.integer(3) != 0) {
            levels.addFirst(new Level(path, children(row.number(1))));
        }
    }

    private Rows children(long parent) throws SQLException {
        if (pages != null) {
            return pages.in(parent);
        }
        String rows = "SELECT " + columns.apart();
        if (listed == 0) {
            return database.sql(rows + " FROM path_at a CROSS JOIN path v ON v.id = a.path WHERE a.parent = ?"
                            + " ORDER BY v.name")
                    .with(parent);
        }
        return database.sql(rows + " FROM temp.visit t CROSS JOIN path v ON v.id = t.path"
                        + " WHERE t.walk = ? AND t.parent = ? ORDER BY v.name")
                .with(listed)
                .with(parent);
    }
}
