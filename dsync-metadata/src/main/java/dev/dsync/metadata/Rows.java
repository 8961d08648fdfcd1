package dev.dsync.metadata;

import java.sql.SQLException;

/** The rows of a query's result, one after the other; as a {@link Row}, the one that it stands at. */
interface Rows extends Row, AutoCloseable {

    /** Steps to the next row, if there is one. */
    boolean next() throws SQLException;

    @Override
    void close() throws SQLException;
}
