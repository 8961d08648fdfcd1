package dev.dsync.metadata;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One prepared statement in use: its parameters are set from left to right, then it runs, then its rows are read.
 * Closing gives it back to the {@link Database} for the next use. Only touched under the database's lock.
 */
final class Sql implements Rows {

    /** More idle statements of one text than this are not worth their memory; a deep tree walk needs one a level. */
    private static final int MOST_IDLE = 32;

    private final PreparedStatement statement;
    private final Deque<PreparedStatement> idle;
    private int parameters;
    private @Nullable ResultSet rows;
    private boolean closed;

    /** Whether SQLite refused it: it has ended the statement then, and who used it again would be told of that only. */
    private boolean failed;

    Sql(PreparedStatement statement, Deque<PreparedStatement> idle) {
        this.statement = statement;
        this.idle = idle;
    }

    Sql with(long value) throws SQLException {
        statement.setLong(++parameters, value);
        return this;
    }

    Sql with(byte[] value) throws SQLException {
        statement.setBytes(++parameters, value);
        return this;
    }

    Sql with(String value) throws SQLException {
        statement.setString(++parameters, value);
        return this;
    }

    Sql withNullable(@Nullable Long value) throws SQLException {
        return value == null ? withNull() : with(value.longValue());
    }

    Sql withNullable(byte @Nullable [] value) throws SQLException {
        return value == null ? withNull() : with(value);
    }

    Sql withNullable(@Nullable String value) throws SQLException {
        return value == null ? withNull() : with(value);
    }

    Sql withNull() throws SQLException {
        statement.setNull(++parameters, Types.NULL);
        return this;
    }

    /** Runs it as one that gives no rows, and closes it. Returns how many rows it changed. */
    int run() throws SQLException {
        try (this) {
            failed = true;
            int changed = statement.executeUpdate();
            failed = false;
            return changed;
        }
    }

    /** The first call runs the query. */
    @Override
    public boolean next() throws SQLException {
        failed = true;
        ResultSet reading = rows;
        if (reading == null) {
            reading = statement.executeQuery();
            rows = reading;
        }
        boolean found = reading.next();
        failed = false;
        return found;
    }

    @Override
    public long number(int column) throws SQLException {
        return row().getLong(column);
    }

    @Override
    public int integer(int column) throws SQLException {
        return row().getInt(column);
    }

    @Override
    public @Nullable Long nullable(int column) throws SQLException {
        long value = row().getLong(column);
        return row().wasNull() ? null : value;
    }

    boolean isNull(int column) throws SQLException {
        return nullable(column) == null;
    }

    @Override
    public String text(int column) throws SQLException {
        return present(row().getString(column), column);
    }

    byte[] bytes(int column) throws SQLException {
        return present(row().getBytes(column), column);
    }

    /** Bytes, none where the column is NULL. */
    byte[] bytesOrNone(int column) throws SQLException {
        byte[] value = row().getBytes(column);
        return value == null ? new byte[0] : value;
    }

    @Override
    public Optional<byte[]> optionalBytes(int column) throws SQLException {
        return Optional.ofNullable(row().getBytes(column));
    }

    @Override
    public Optional<String> optionalText(int column) throws SQLException {
        return Optional.ofNullable(row().getString(column));
    }

    /** The number in the first column of the only row, or {@code otherwise}. Closes the statement. */
    long only(long otherwise) throws SQLException {
        try (this) {
            return next() ? number(1) : otherwise;
        }
    }

    /** The numbers in the first column of all rows. Closes the statement. */
    long[] numbers() throws SQLException {
        LongStream.Builder numbers = LongStream.builder();
        try (this) {
            while (next()) {
                numbers.add(number(1));
            }
        }
        return numbers.build().toArray();
    }

    @Override
    public void close() throws SQLException {
        if (closed) {
            return;
        }
        closed = true;
        if (rows != null) {
            rows.close();
        }
        if (idle.size() < MOST_IDLE && !failed) {
            // Its parameters stay set: clearing them would make SQLite compile it anew, four times the cost of a
            // look-up.
            idle.push(statement);
        } else {
            statement.close();
        }
    }

    private ResultSet row() {
        if (rows == null) {
            throw new IllegalStateException("no row was asked for");
        }
        return rows;
    }

    private static <T> T present(@Nullable T value, int column) throws SQLException {
        if (value == null) {
            throw DatabaseFile.corrupt("column " + column + " holds no value where it always should");
        }
        return value;
    }
}
