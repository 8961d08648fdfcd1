package dev.dsync.metadata;

import java.sql.SQLException;

/** Asks for what is directly in a folder: rows of {@code path v}, packed, in the order of the names. */
final class FolderRows {

    /** Up to here a folder is one page: SQLite makes more of them at twice the cost of a row. */
    private static final int FEW = 4096;

    private static final int ROWS_IN_PAGE = 512;

    private static final String FROM = " FROM path_at a CROSS JOIN path v ON v.id = a.path WHERE a.parent = ?";

    private final Database database;
    private final Columns columns;
    private final String onePage;
    private final String pages;

    /** @param columns of the rows, which must be short */
    FolderRows(Database database, Columns columns) {
        this.database = database;
        this.columns = columns;
        String packed = columns.packed();
        onePage = "SELECT CAST(group_concat(" + packed + ", '' ORDER BY v.name) AS BLOB)" + FROM;
        pages = "SELECT CAST(group_concat(packed, '' ORDER BY place) AS BLOB)"
                + " FROM (SELECT packed, row_number() OVER () AS place FROM (SELECT " + packed + " AS packed" + FROM
                + " ORDER BY v.name)) GROUP BY place / " + ROWS_IN_PAGE;
    }

    /** What is in the folder with this number. */
    PackedRows in(long folder) throws SQLException {
        long count = database.sql("SELECT count(*) FROM path_at WHERE parent = ?")
                .with(folder)
                .only(0);
        return new PackedRows(
                columns, database.sql(count <= FEW ? onePage : pages).with(folder));
    }
}
