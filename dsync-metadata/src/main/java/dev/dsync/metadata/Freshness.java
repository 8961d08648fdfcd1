package dev.dsync.metadata;

import dev.dsync.catalog.Version;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Which versions are in the index by sequence. Only the newest are: all above the sequence {@code settled}, at most one
 * in {@value #SHARE}. A commit asks for the records of a range that ends at the newest; if the range reaches further
 * back than the index, walking the whole tree costs some ten times what the range holds at most. Every method wants the
 * database's lock.
 */
final class Freshness {

    private static final int SHARE = 8;

    /** Below this many the index is not worth a thought. */
    private static final long SMALL = 1000;

    private final Database database;
    private long readIn;
    private long upto;
    private long next;
    /** No more versions than this are in the index. Another process may have added some before: so they are counted once. */
    private long most = Long.MAX_VALUE / 2;

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
        if (settled(sequence)) {
            return null;
        }
        most++;
        return Long.valueOf(VersionRow.FRESH);
    }

    /**
     * The sequence that uncommitted records will probably get. Stored in their place already: if it is right, a commit
     * makes no row longer, and rows that grow would leave every page half empty.
     */
    long nextSequence() throws SQLException {
        read();
        return next;
    }

    /** Says that so many uncommitted versions became committed ones. */
    void committed(long versions) {
        most += versions;
    }

    /** Says that all versions that a commit carries are gone. */
    void reset() throws SQLException {
        settle(0);
    }

    /**
     * Takes versions out of the index if it has grown too large. Then a quarter of it goes, so that many commits pass
     * before they are counted again.
     */
    void settle() throws SQLException {
        long limit = SMALL + database.sql("SELECT max(id) FROM path").only(0) / SHARE;
        if (most > limit) {
            most = count();
        }
        if (most > limit) {
            settleAllBut(limit / 4 * 3);
            most = count();
        }
    }

    private long count() throws SQLException {
        String fresh = " WHERE age = " + VersionRow.FRESH;
        return database.sql(
                        "SELECT (SELECT count(*) FROM path" + fresh + ") + (SELECT count(*) FROM older" + fresh + ")")
                .only(0);
    }

    private void settleAllBut(long kept) throws SQLException {
        long room = kept;
        long from = Version.UNCOMMITTED;
        try (Sql counts = database.sql("SELECT sequence, count(*) FROM (SELECT sequence FROM path WHERE age = "
                + VersionRow.FRESH + " UNION ALL SELECT sequence FROM older WHERE age = " + VersionRow.FRESH
                + ") GROUP BY sequence ORDER BY sequence DESC")) {
            while (counts.next() && room >= 0) {
                room -= counts.number(2);
                from = counts.number(1);
            }
        }
        settle(from);
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
