package dev.dsync.metadata;

import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.OutdatedCatalogException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The tables, built up by numbered SQL resources: {@code 001.sql} makes the first edition, each later one turns an
 * edition into the next. {@code PRAGMA user_version} says which edition a file has. A released resource never changes.
 */
final class Schema {

    /** The edition this version of dsync works with. */
    static final int EDITION = 3;

    private static final String TEMPORARY_TABLES = "temporary.sql";

    private Schema() {}

    /** Brings the database to the current edition, all steps or none. */
    static void upgrade(DatabaseFile file, Connection connection) throws SQLException {
        upgrade(file, connection, EDITION);
    }

    /** Brings the database to an edition that is not earlier than the one it has. */
    static void upgrade(DatabaseFile file, Connection connection, int wanted) throws SQLException {
        if (edition(connection) == wanted) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            // Asked again: another process may have done it while this one waited.
            int found = edition(connection);
            requireNotNewer(file, found);
            for (int next = found + 1; next <= wanted; next++) {
                run(statement, String.format(Locale.ROOT, "%03d.sql", next));
            }
            statement.execute("PRAGMA user_version = " + wanted);
            statement.execute("COMMIT");
        }
    }

    /** Refuses a database that has another edition, for whoever must not change it. */
    static void requireCurrent(DatabaseFile file, Connection connection) throws SQLException {
        int found = edition(connection);
        requireNotNewer(file, found);
        if (found < EDITION) {
            throw new OutdatedCatalogException(file.path() + " was made by an earlier dsync (edition " + found
                    + ", now " + EDITION + "): a command that writes brings it up to date, such as 'dsync sync'");
        }
    }

    /** Makes the tables that hold what one cursor or plan needs, which SQLite keeps in a temporary file. */
    static void createTemporaryTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            run(statement, TEMPORARY_TABLES);
        }
    }

    private static void requireNotNewer(DatabaseFile file, int found) {
        if (found > EDITION) {
            throw new CatalogException(
                    file.path() + " was made by a newer dsync (edition " + found + ", this one knows " + EDITION
                            + "): use that one, or delete the file to have it rebuilt from the targets");
        }
    }

    private static int edition(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private static void run(Statement statement, String resource) throws SQLException {
        for (String command : read(resource).replaceAll("(?m)^--.*$", "").split(";\\s*\n")) {
            if (!command.isBlank()) {
                statement.execute(command);
            }
        }
    }

    private static String read(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
