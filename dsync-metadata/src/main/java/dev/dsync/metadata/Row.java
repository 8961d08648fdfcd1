package dev.dsync.metadata;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row of a query's result. Columns count from 1. */
interface Row {

    /** A number; 0 where the column is NULL. */
    long number(int column) throws SQLException;

    /** A number, or null where the column is NULL. */
    @Nullable
    Long nullable(int column) throws SQLException;

    String text(int column) throws SQLException;

    Optional<byte[]> optionalBytes(int column) throws SQLException;

    Optional<String> optionalText(int column) throws SQLException;

    default int integer(int column) throws SQLException {
        return Math.toIntExact(number(column));
    }
}
