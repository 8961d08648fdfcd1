package dev.dsync.metadata;

import dev.dsync.catalog.Version;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Which versions are in the index by sequence. Only the newest are: all above the sequence {@code settled}, at most one
 * in {@value #SHARE}. A commit asks for the records of a range that ends at the newest; if the range reaches further
 * back than the index, walking the whole tree costs at most {@value #SHARE} times what the range holds anyway. Every
 * method wants the database's lock.
 */
final class Freshness {

    private static final int SHARE = 8;

    /** Below this many the index is not worth a thought. */
    private static final long SMALL = 1000;

    private final Database database;
    private long readIn;
    private long upto;
    private long next;
    private boolean changed;

    Freshness(Database database) {
        this.database = database;
    }

    /** Whether versions with this sequence are not in the index. */
    boolean settled(long sequence) throws SQLException {
        read();
        return sequence <= upto;
    }

    /** The age of a version that a commit with this sequence carries. */
    @Nullable
    Long age(long sequence) throws SQLException {
        changed = true;
        return settled(sequence) ? null : Long.valueOf(VersionRow.FRESH);
    }

    /**
     * The sequence that uncommitted records will probably get. Stored in their place already: if it is right, a commit
     * makes no row longer, and rows that grow would leave every page half empty.
     */
    long nextSequence() throws SQLException {
        read();
        return next;
    }

    /** Says that uncommitted versions became committed ones. */
    void committed() {
        changed = true;
    }

    /** Says that all versions that a commit carries are gone. */
    void reset() throws SQLException {
        settle(0);
    }

    /** Takes versions out of the index until it is small enough again. */
    void settle() throws SQLException {
        if (!changed) {
            return;
        }
        changed = false;
        long room = SMALL + database.sql("SELECT max(id) FROM path").only(0) / SHARE;
        long from = Version.UNCOMMITTED;
        try (Sql counts = database.sql("SELECT sequence, count(*) FROM (SELECT sequence FROM path WHERE age = "
                + VersionRow.FRESH + " UNION ALL SELECT sequence FROM older WHERE age = " + VersionRow.FRESH
                + ") GROUP BY sequence ORDER BY sequence DESC")) {
            while (counts.next() && room >= 0) {
                room -= counts.number(2);
                from = counts.number(1);
            }
        }
        if (room < 0) {
            settle(from);
        }
    }

    private void settle(long sequence) throws SQLException {
        for (String table : new String[] {"path", "older"}) {
            database.sql("UPDATE " + table + " SET age = NULL WHERE age = " + VersionRow.FRESH + " AND sequence <= ?")
                    .with(sequence)
                    .run();
        }
        database.sql("UPDATE settled SET upto = ?").with(sequence).run();
        readIn = 0;
    }

    private void read() throws SQLException {
        if (readIn == 0 || readIn != database.transaction()) {
            upto = database.sql("SELECT upto FROM settled").only(0);
            next = 1 + database.sql("SELECT number FROM head").only(0);
            readIn = database.transaction();
        }
    }
}
