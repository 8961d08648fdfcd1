package dev.dsync.metadata;

import dev.dsync.source.RelativePath;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Paths and their numbers. A path keeps its number for good, even without a version, so those found are remembered.
 * Every method wants the database's lock.
 */
final class PathTable {

    /** The number of {@link RelativePath#ROOT}. */
    static final long ROOT = 1;

    /** What {@link #find} says of a path that has no number. */
    static final long NONE = 0;

    /** Folders remembered: neighbours come after each other, so those above and around are enough. */
    private static final int MOST_FOLDERS = 4096;

    private final Database database;
    private final Map<RelativePath, Long> folders = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RelativePath, Long> eldest) {
            return size() > MOST_FOLDERS;
        }
    };
    private long countedIn;
    private long nextNumber;

    PathTable(Database database) {
        this.database = database;
    }

    /** The number of a path, or {@link #NONE}. */
    long find(RelativePath path) throws SQLException {
        Deque<RelativePath> below = new ArrayDeque<>();
        RelativePath above = path;
        while (!above.isRoot() && (below.isEmpty() || !folders.containsKey(above))) {
            below.push(above);
            above = above.parent();
        }
        long number = above.isRoot() ? ROOT : folders.getOrDefault(above, NONE);
        for (RelativePath next : below) {
            number = child(number, next.name());
            if (number == NONE) {
                return NONE;
            }
            if (!next.equals(path)) {
                folders.put(next, number);
            }
        }
        return number;
    }

    /** The number of a folder; it and those above get one each if they have none. */
    long folder(RelativePath path) throws SQLException {
        Deque<RelativePath> missing = new ArrayDeque<>();
        RelativePath above = path;
        long number = find(above);
        while (number == NONE) {
            missing.push(above);
            above = above.parent();
            number = find(above);
        }
        for (RelativePath next : missing) {
            number = insert(number, next.name());
            folders.put(next, number);
        }
        return number;
    }

    private long insert(long parent, String name) throws SQLException {
        long number = add(parent, name);
        database.sql("INSERT INTO path (id, parent, name, branch) VALUES (?, ?, ?, 0)")
                .with(number)
                .with(parent)
                .with(name)
                .run();
        return number;
    }

    /** A new number for a name that the parent does not have yet. The caller inserts the row of {@code path}. */
    long add(long parent, String name) throws SQLException {
        long number = newNumber();
        database.sql("INSERT INTO path_at (parent, hash, path) VALUES (?, ?, ?)")
                .with(parent)
                .with(name.hashCode())
                .with(number)
                .run();
        database.sql("UPDATE path SET branch = 1 WHERE id = ? AND branch = 0")
                .with(parent)
                .run();
        return number;
    }

    /** Puts a path and all folders above it on the list that a walk follows. */
    void visit(long walk, long path) throws SQLException {
        long number = path;
        while (number != NONE) {
            long parent = parent(number);
            int added = database.sql("INSERT OR IGNORE INTO temp.visit (walk, parent, path) VALUES (?, ?, ?)")
                    .with(walk)
                    .with(parent)
                    .with(number)
                    .run();
            number = added == 0 ? NONE : parent;
        }
    }

    private long child(long parent, String name) throws SQLException {
        return database.sql("SELECT p.id FROM path_at a CROSS JOIN path p ON p.id = a.path"
                        + " WHERE a.parent = ? AND a.hash = ? AND p.name = ?")
                .with(parent)
                .with(name.hashCode())
                .with(name)
                .only(NONE);
    }

    private long parent(long number) throws SQLException {
        long parent = database.sql("SELECT parent FROM path WHERE id = ?")
                .with(number)
                .only(-1);
        if (parent < 0) {
            throw DatabaseFile.corrupt("path " + number + " is missing");
        }
        return parent;
    }

    private long newNumber() throws SQLException {
        if (database.transaction() != countedIn) {
            nextNumber = database.sql("SELECT max(id) + 1 FROM path").only(ROOT + 1);
            countedIn = database.transaction();
        }
        return nextNumber++;
    }
}
