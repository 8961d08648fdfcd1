package dev.dsync.metadata;

import dev.dsync.source.RelativePath;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Paths and their numbers. Every method wants the database's lock. */
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
    private long rememberedIn;
    private long nextNumber;

    PathTable(Database database) {
        this.database = database;
    }

    /** The number of a path, or {@link #NONE}. */
    long find(RelativePath path) throws SQLException {
        if (path.isRoot()) {
            return ROOT;
        }
        RelativePath folder = path.parent();
        Long parent = remembered(folder);
        if (parent == null) {
            parent = find(folder);
            if (parent == NONE) {
                return NONE;
            }
            remember(folder, parent);
        }
        return child(parent, path.name());
    }

    /** The number of a folder; it and those above get one each if they have none. */
    long folder(RelativePath path) throws SQLException {
        long number = find(path);
        if (number != NONE) {
            return number;
        }
        long parent = folder(path.parent());
        long made = add(parent, path.name());
        database.sql("INSERT INTO path (id, parent, name, branch) VALUES (?, ?, ?, 0)")
                .with(made)
                .with(parent)
                .with(path.name())
                .run();
        remember(path, made);
        return made;
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

    /** Removes all rows that say nothing any more. */
    void removeBare() throws SQLException {
        String bare = "kind IS NULL AND stamp IS NULL AND branch = 0 AND id <> " + ROOT
                + " AND id NOT IN (SELECT path FROM version_removed)";
        database.sql("DELETE FROM path_at WHERE (SELECT " + bare + " FROM path WHERE id = path_at.path)")
                .run();
        database.sql("DELETE FROM path WHERE " + bare).run();
        folders.clear();
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
        requireSameTransaction();
        if (nextNumber == 0) {
            nextNumber = database.sql("SELECT max(id) + 1 FROM path").only(ROOT + 1);
        }
        return nextNumber++;
    }

    private @Nullable Long remembered(RelativePath folder) {
        requireSameTransaction();
        return folders.get(folder);
    }

    private void remember(RelativePath folder, long number) {
        if (database.transaction() != 0) {
            folders.put(folder, number);
        }
    }

    /** Between transactions another process may change what was remembered. */
    private void requireSameTransaction() {
        if (database.transaction() != rememberedIn) {
            folders.clear();
            nextNumber = 0;
            rememberedIn = database.transaction();
        }
    }
}
