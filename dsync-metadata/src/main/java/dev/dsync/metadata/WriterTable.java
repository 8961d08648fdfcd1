package dev.dsync.metadata;

import dev.dsync.catalog.WriterId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Writers and their numbers. A number is given once and for all, so those read are remembered. Every method wants the
 * database's lock.
 */
final class WriterTable {

    private final Database database;
    private final Map<Long, WriterId> known = new HashMap<>();
    private final Map<WriterId, Long> numbers = new HashMap<>();

    WriterTable(Database database) {
        this.database = database;
    }

    /** The writer with this number. */
    WriterId writer(long number) throws SQLException {
        WriterId writer = known.get(number);
        if (writer != null) {
            return writer;
        }
        try (Sql sql = database.sql("SELECT name FROM writer WHERE id = ?").with(number)) {
            if (!sql.next()) {
                throw DatabaseFile.corrupt("no writer " + number);
            }
            return remember(number, new WriterId(sql.text(1)));
        }
    }

    /** The number of a writer; -1 if it has none yet. */
    long find(WriterId writer) throws SQLException {
        Long number = numbers.get(writer);
        if (number != null) {
            return number;
        }
        long read = database.sql("SELECT id FROM writer WHERE name = ?")
                .with(writer.value())
                .only(-1);
        if (read >= 0) {
            remember(read, writer);
        }
        return read;
    }

    /** The number of a writer, a new one if it has none yet. */
    long number(WriterId writer) throws SQLException {
        long number = find(writer);
        if (number >= 0) {
            return number;
        }
        database.sql("INSERT INTO writer (name, sequence) VALUES (?, 0)")
                .with(writer.value())
                .run();
        return find(writer);
    }

    private WriterId remember(long number, WriterId writer) {
        known.put(number, writer);
        numbers.put(writer, number);
        return writer;
    }
}
