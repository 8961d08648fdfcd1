package dev.dsync.metadata;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a query that packs many into one, see {@link Columns}. Only touched under the database's lock. */
final class PackedRows implements Rows {

    private static final int DECIMAL = 10;
    private static final int HEX_BITS = 4;

    private final Columns columns;
    private final Sql pages;

    /** Where the columns of this row end in the page; before the first stands where it begins. */
    private final int[] ends;

    private byte[] page = {};

    /** @param pages a query for pages of such columns, with its parameters; it is closed with these */
    PackedRows(Columns columns, Sql pages) {
        this.columns = columns;
        this.pages = pages;
        this.ends = new int[columns.count() + 1];
        this.ends[columns.count()] = -1;
    }

    @Override
    public boolean next() throws SQLException {
        int end = ends[columns.count()];
        if (end + 1 >= page.length) {
            if (!pages.next()) {
                return false;
            }
            page = pages.bytesOrNone(1);
            end = -1;
            if (page.length == 0) {
                return false;
            }
        }
        findEnds(end);
        return true;
    }

    private void findEnds(int before) {
        int at = before;
        ends[0] = at;
        for (int column = 1; column < ends.length; column++) {
            do {
                at++;
            } while (page[at] != '/');
            ends[column] = at;
        }
    }

    @Override
    public long number(int column) {
        int at = ends[column - 1] + 1;
        int end = ends[column];
        boolean negative = at < end && page[at] == '-';
        if (negative) {
            at++;
        }
        // Counted downwards, because the lowest number has no opposite.
        long number = 0;
        while (at < end) {
            number = number * DECIMAL - (page[at] - '0');
            at++;
        }
        return negative ? number : -number;
    }

    @Override
    public @Nullable Long nullable(int column) {
        return isNull(column) ? null : number(column);
    }

    @Override
    public String text(int column) {
        if (columns.isHexadecimal(column)) {
            return new String(bytes(column), StandardCharsets.UTF_8);
        }
        int start = ends[column - 1] + 1;
        return new String(page, start, ends[column] - start, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<byte[]> optionalBytes(int column) {
        return isNull(column) ? Optional.empty() : Optional.of(bytes(column));
    }

    @Override
    public Optional<String> optionalText(int column) {
        return isNull(column) ? Optional.empty() : Optional.of(text(column));
    }

    @Override
    public void close() throws SQLException {
        pages.close();
    }

    private boolean isNull(int column) {
        return ends[column] == ends[column - 1] + 1;
    }

    private byte[] bytes(int column) {
        int at = ends[column - 1] + 1;
        byte[] bytes = new byte[(ends[column] - at) / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (digit(page[at]) << HEX_BITS | digit(page[at + 1]));
            at += 2;
        }
        return bytes;
    }

    /** SQLite writes capitals. */
    private static int digit(byte character) {
        return character <= '9' ? character - '0' : character - 'A' + DECIMAL;
    }
}
