package dev.dsync.metadata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Columns of a query, which can be asked for one by one or packed into one.
 *
 * <p>Each column of each row that Java takes from SQLite costs a call into native code, which is more than all the rest
 * that a listing of many files does. So SQLite writes out whole pages of rows, each a text: the columns in their order,
 * each followed by a '/'. A number stands there in decimal, NULL as nothing, bytes and text in hexadecimal, except a
 * {@link #name}, which has no '/' in it.
 *
 * @param expressions SQL, each with how it is packed
 */
record Columns(List<Expression> expressions) {

    /** How a column is packed. */
    private enum Packing {
        PLAIN,
        HEXADECIMAL
    }

    private record Expression(String sql, Packing packing) {

        String packed() {
            return packing == Packing.HEXADECIMAL ? "hex(" + sql + ')' : sql;
        }
    }

    Columns {
        expressions = List.copyOf(expressions);
    }

    /** Columns that hold numbers. */
    static Columns numbers(String... sql) {
        return new Columns(Arrays.stream(sql)
                .map(one -> new Expression(one, Packing.PLAIN))
                .toList());
    }

    /** A column that holds one name of a path, which is text without a '/' or a NUL. */
    static Columns name(String sql) {
        return numbers(sql);
    }

    /** A column that holds bytes or any text. */
    static Columns bytes(String sql) {
        return new Columns(List.of(new Expression(sql, Packing.HEXADECIMAL)));
    }

    /** These, then those. */
    Columns and(Columns others) {
        List<Expression> all = new ArrayList<>(expressions);
        all.addAll(others.expressions);
        return new Columns(all);
    }

    int count() {
        return expressions.size();
    }

    boolean isHexadecimal(int column) {
        return expressions.get(column - 1).packing == Packing.HEXADECIMAL;
    }

    /** To stand after SELECT, one column each. */
    String apart() {
        return expressions.stream().map(Expression::sql).collect(Collectors.joining(", "));
    }

    /** One expression that has them all. */
    String packed() {
        return expressions.stream()
                .map(column -> "ifnull(" + column.packed() + ", '')")
                .collect(Collectors.joining(", ", "concat_ws('/', ", ", '')"));
    }
}
