package dev.dsync.metadata;

import dev.dsync.catalog.ContentLayout;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.WriterId;
import dev.dsync.source.RelativePath;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** How a version lies in the columns of {@code path} and {@code older}. */
final class VersionRow {

    /** Stands for NULL in a column that has numbers from 0 on: to ask whether a column is NULL takes a second call. */
    private static final int NONE = -1;

    /** The columns that {@link #read} wants, of a table or alias {@code v}. */
    static final Columns COLUMNS = Columns.numbers(
                    "coalesce(v.kind, " + NONE + ")", "v.size", "v.seconds", "v.nanos", "v.mode")
            .and(Columns.bytes("v.sha256"))
            .and(Columns.bytes("v.link"))
            .and(Columns.numbers("v.sequence", "v.writer", "coalesce(v.age, " + NONE + ")", "v.layout"));

    /** How many columns that is. */
    static final int WIDTH = COLUMNS.count();

    /** The columns of content, which {@link #bind} sets. */
    static final String CONTENT = "kind, size, seconds, nanos, mode, sha256, link, chunks, layout";

    /** Age of a version that no commit carries. */
    static final int UNCOMMITTED = 0;

    /** Age of a version that is in the index of what was committed lately. */
    static final int FRESH = 1;

    private static final VersionKind[] KINDS = VersionKind.values();

    private VersionRow() {}

    /** Whether the row has a version at all. */
    static boolean present(Row row, int column) throws SQLException {
        return row.integer(column) != NONE;
    }

    /** The version in the columns from {@code column} on. */
    static Version read(Row row, int column, RelativePath path, WriterTable writers) throws SQLException {
        try {
            VersionKind kind = kind(row.integer(column));
            return new Version(
                    path,
                    kind,
                    row.number(column + 1),
                    Instant.ofEpochSecond(row.number(column + 2), row.number(column + 3)),
                    row.integer(column + 4),
                    row.optionalBytes(column + 5).map(Sha256::of),
                    kind == VersionKind.SYMLINK ? Optional.of(row.text(column + 6)) : Optional.empty(),
                    sequence(row, column),
                    writer(row, column, writers),
                    ContentLayout.ofCode(row.integer(column + 10)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw DatabaseFile.corrupt("a version of " + path + " makes no sense: " + e.getMessage());
        }
    }

    /** The sequence of that version. */
    static long sequence(Row row, int column) throws SQLException {
        return row.integer(column + 9) == UNCOMMITTED ? Version.UNCOMMITTED : row.number(column + 7);
    }

    /** The writer of that version. */
    static WriterId writer(Row row, int column, WriterTable writers) throws SQLException {
        return writers.writer(row.number(column + 8));
    }

    /** Sets the nine parameters of {@link #CONTENT}. */
    static Sql bind(Sql sql, Version version, byte[] chunks) throws SQLException {
        sql.with(version.kind().ordinal())
                .with(version.size())
                .with(version.modified().getEpochSecond())
                .with(version.modified().getNano())
                .with(version.mode());
        sql.withNullable(version.sha256().map(Sha256::toBytes).orElse(null));
        sql.withNullable(version.link().orElse(null));
        return sql.withNullable(chunks.length == 0 ? null : chunks)
                .with(version.layout().code());
    }

    private static VersionKind kind(int code) throws SQLException {
        if (code < 0 || code >= KINDS.length) {
            throw DatabaseFile.corrupt("no kind of version has the code " + code);
        }
        return KINDS[code];
    }
}
