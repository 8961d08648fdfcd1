package dev.dsync.metadata;

import dev.dsync.source.RelativePath;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Walks down the tree of paths, in tree order, one query a folder. Holds a row of each folder above the current path,
 * never more.
 */
final class TreeWalk<T> implements StepCursor.Source<T> {

    /** Says what a path yields. The row's columns from {@value #COLUMN} on are the ones asked for. */
    interface Visitor<T> {
        List<T> visit(RelativePath path, Sql row) throws SQLException;
    }

    /** The first column that belongs to the visitor. */
    static final int COLUMN = 4;

    private static final String NODE = "SELECT v.id, v.name, v.branch, ";

    private record Level(RelativePath folder, Sql rows) {}

    private final Database database;
    private final String columns;
    private final long listed;
    private final Visitor<T> visitor;
    private final Deque<Level> levels = new ArrayDeque<>();
    private final RelativePath from;
    private final long fromNumber;
    private boolean begun;
    private Iterator<T> found = List.<T>of().iterator();

    /**
     * A walk over {@code from} and what is below it.
     *
     * @param columns what the visitor wants to know of a path, columns of {@code path v}
     * @param fromNumber the number of {@code from}, or {@link PathTable#NONE}
     * @param listed which walk of {@code temp.visit} to keep to; 0 for all paths
     */
    TreeWalk(Database database, String columns, RelativePath from, long fromNumber, long listed, Visitor<T> visitor) {
        this.database = database;
        this.columns = columns;
        this.from = from;
        this.fromNumber = fromNumber;
        this.listed = listed;
        this.visitor = visitor;
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
        try (Sql start =
                database.sql(NODE + columns + " FROM path v WHERE v.id = ?").with(fromNumber)) {
            if (start.next()) {
                visit(from, start);
            }
        }
    }

    private void visit(RelativePath path, Sql row) throws SQLException {
        found = visitor.visit(path, row).iterator();
        if (row.integer(3) != 0) {
            levels.addFirst(new Level(path, children(row.number(1))));
        }
    }

    private Sql children(long parent) throws SQLException {
        if (listed == 0) {
            return database.sql(NODE + columns + " FROM path_at a CROSS JOIN path v ON v.id = a.path WHERE a.parent = ?"
                            + " ORDER BY v.name")
                    .with(parent);
        }
        return database.sql(NODE + columns + " FROM temp.visit t CROSS JOIN path v ON v.id = t.path"
                        + " WHERE t.walk = ? AND t.parent = ? ORDER BY v.name")
                .with(listed)
                .with(parent);
    }
}
