package dev.dsync.metadata;

import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.storage.BlobAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Packs and their copies, row by row. Every method wants the database's lock. */
final class PackTable {

    /** The columns that {@link #read} wants, of a table or alias {@code p}. */
    static final String COLUMNS = "p.id, p.salt, p.kind, p.suite, p.size";

    /** So many chunks that are gone may stay: half a megabyte. */
    private static final long LITTLE = 10_000;

    private final Database database;
    private final ChunkTable chunks;
    private final TargetTable targets;
    private boolean removed;

    PackTable(Database database, ChunkTable chunks, TargetTable targets) {
        this.database = database;
        this.chunks = chunks;
        this.targets = targets;
    }

    /** The pack in the columns from {@code column} on. */
    StoredPack read(Sql row, int column) throws SQLException {
        return new StoredPack(
                PackId.of(row.bytes(column + 1)),
                PackKind.ofCode(row.integer(column + 2)).orElseThrow(() -> unknown("kind")),
                suite(row, column + 3),
                row.integer(column + 4),
                copies(row.number(column)));
    }

    /** Where a pack lies. */
    List<StoredCopy> copies(long pack) throws SQLException {
        List<StoredCopy> copies = new ArrayList<>();
        try (Sql rows = database.sql("SELECT target, address FROM copy WHERE pack = ? ORDER BY place")
                .with(pack)) {
            while (rows.next()) {
                copies.add(new StoredCopy(targets.target(rows.number(1)), new BlobAddress(rows.text(2))));
            }
        }
        return copies;
    }

    /** What the pack holds; the columns are those of {@link #read} and {@code first_chunk}. */
    PackDirectory directory(Sql row) throws SQLException {
        StoredPack pack = read(row, 1);
        long first = row.number(6);
        List<PackEntry> entries = new ArrayList<>();
        try (Sql blocks = database.sql("SELECT " + ChunkBlock.COLUMNS + " FROM chunk_block b WHERE b.first >= ?1"
                        + " AND b.first < ?1 + (SELECT chunks FROM pack WHERE id = ?2) ORDER BY b.first")
                .with(first)
                .with(row.number(1))) {
            while (blocks.next()) {
                entries.addAll(ChunkBlock.read(blocks, 1).entries(first, pack.suite()));
            }
        }
        return new PackDirectory(pack.id(), pack.kind(), pack.suite(), pack.size(), entries);
    }

    /** The number of a pack whose contents are recorded; -1 if there is none. */
    long find(PackId pack) throws SQLException {
        return database.sql("SELECT id FROM pack WHERE salt = ? AND kind IS NOT NULL")
                .with(pack.toBytes())
                .only(-1);
    }

    void apply(PackContents record) throws SQLException {
        PackDirectory directory = record.directory();
        long pack = row(directory.id());
        Long sequence = committed(record.sequence());
        if (removedSince(pack, sequence)) {
            return;
        }
        if (find(directory.id()) >= 0) {
            raise(pack, "sequence", sequence);
            return;
        }
        long first = chunks.add(pack, directory.entries());
        database.sql("UPDATE pack SET kind = ?, suite = ?, size = ?, sequence = ?, first_chunk = ?, chunks = ?,"
                        + " raw_bytes = ?, encoded_bytes = ? WHERE id = ?")
                .with(directory.kind().code())
                .with(directory.suite().code())
                .with(directory.size())
                .withNullable(sequence)
                .with(first)
                .with(directory.entries().size())
                .with(bytes(directory, PackEntry::rawSize))
                .with(bytes(directory, PackEntry::encodedLength))
                .with(pack)
                .run();
    }

    /** A classic part says nothing of its chunk's length, which is its own. */
    private static long bytes(PackDirectory directory, ToLongFunction<PackEntry> length) {
        return directory.kind() == PackKind.CLASSIC
                ? directory.size()
                : directory.entries().stream().mapToLong(length).sum();
    }

    void apply(PackCopies record) throws SQLException {
        long pack = row(record.pack());
        Long sequence = committed(record.sequence());
        if (!removedSince(pack, sequence) && raise(pack, "copies_sequence", sequence)) {
            setCopies(pack, record.copies());
        }
    }

    void apply(PackRemoved record) throws SQLException {
        long pack = row(record.pack());
        raise(pack, "removed_sequence", committed(record.sequence()));
        takeOut(pack);
    }

    /** Replaces the copies of a pack; no commit carries that yet. */
    void relocate(long pack, List<StoredCopy> copies) throws SQLException {
        database.sql("UPDATE pack SET copies_sequence = NULL WHERE id = ?")
                .with(pack)
                .run();
        setCopies(pack, copies);
    }

    /** Removes a pack. If a commit carries it, the removal is to be carried too. */
    void remove(long pack) throws SQLException {
        database.sql("UPDATE pack SET removed_sequence = NULL WHERE id = ? AND sequence IS NOT NULL")
                .with(pack)
                .run();
        takeOut(pack);
    }

    /** Forgets that the pack was removed, if no commit says so yet: it is to be recorded again. */
    void takeBackRemoval(PackId pack) throws SQLException {
        database.sql("UPDATE pack SET removed_sequence = 0 WHERE salt = ? AND removed_sequence IS NULL")
                .with(pack.toBytes())
                .run();
    }

    /** Removes all that a commit carries. The chunks stay for now. */
    void forget() throws SQLException {
        database.sql("DELETE FROM copy WHERE pack IN (SELECT id FROM pack WHERE copies_sequence IS NOT NULL)")
                .run();
        database.sql("UPDATE pack SET copies_sequence = 0 WHERE copies_sequence IS NOT NULL")
                .run();
        database.sql("UPDATE pack SET removed_sequence = 0 WHERE removed_sequence IS NOT NULL")
                .run();
        database.sql("UPDATE pack SET sequence = 0, kind = NULL WHERE sequence IS NOT NULL")
                .run();
        database.sql("DELETE FROM pack WHERE sequence = 0 AND copies_sequence = 0 AND removed_sequence = 0")
                .run();
    }

    /** Removes the chunks of removed packs that no version is made of, once they are many: it takes a look at all. */
    void sweep() throws SQLException {
        if (!removed) {
            return;
        }
        removed = false;
        String count = "SELECT coalesce(sum(chunks), 0) FROM pack WHERE kind IS ";
        long gone = database.sql(count + "NULL").only(0);
        if (gone > LITTLE && gone > database.sql(count + "NOT NULL").only(0) / 2) {
            chunks.sweep();
            database.sql("UPDATE pack SET chunks = 0 WHERE kind IS NULL").run();
        }
    }

    /** A suite by its code in a column. */
    static Suite suite(Sql row, int column) throws SQLException {
        return Suite.ofCode(row.integer(column)).orElseThrow(() -> unknown("suite"));
    }

    private void takeOut(long pack) throws SQLException {
        removed = true;
        database.sql("UPDATE chunk_block SET pack = 0 WHERE pack = ?1 AND first >= (SELECT first_chunk FROM pack"
                        + " WHERE id = ?1) AND first < (SELECT first_chunk + chunks FROM pack WHERE id = ?1)")
                .with(pack)
                .run();
        database.sql("DELETE FROM copy WHERE pack = ?").with(pack).run();
        database.sql("UPDATE pack SET kind = NULL, sequence = 0, copies_sequence = 0 WHERE id = ?")
                .with(pack)
                .run();
    }

    private void setCopies(long pack, List<StoredCopy> copies) throws SQLException {
        database.sql("DELETE FROM copy WHERE pack = ?").with(pack).run();
        for (int place = 0; place < copies.size(); place++) {
            database.sql("INSERT INTO copy (pack, place, target, address) VALUES (?, ?, ?, ?)")
                    .with(pack)
                    .with(place)
                    .with(targets.numberOrNew(copies.get(place).target()))
                    .with(copies.get(place).address().value())
                    .run();
        }
    }

    /** Sets a sequence if it is higher than the one that is there. Says whether it was. */
    private boolean raise(long pack, String column, @Nullable Long sequence) throws SQLException {
        return database.sql("UPDATE pack SET " + column + " = ?1 WHERE id = ?2 AND " + column
                                + " IS NOT NULL AND (?1 IS NULL OR " + column + " < ?1)")
                        .withNullable(sequence)
                        .with(pack)
                        .run()
                == 1;
    }

    /** Whether the pack was removed, and not before {@code sequence}. */
    private boolean removedSince(long pack, @Nullable Long sequence) throws SQLException {
        return database.sql("SELECT 1 FROM pack WHERE id = ?1 AND removed_sequence IS NOT 0"
                                + " AND (removed_sequence IS NULL OR removed_sequence >= ?2)")
                        .with(pack)
                        .withNullable(sequence)
                        .only(0)
                == 1;
    }

    private long row(PackId pack) throws SQLException {
        long number = database.sql("SELECT id FROM pack WHERE salt = ?")
                .with(pack.toBytes())
                .only(-1);
        if (number >= 0) {
            return number;
        }
        database.sql("INSERT INTO pack (salt) VALUES (?)").with(pack.toBytes()).run();
        return database.sql("SELECT last_insert_rowid()").only(-1);
    }

    private static @Nullable Long committed(long sequence) {
        return sequence == Version.UNCOMMITTED ? null : sequence;
    }

    private static SQLException unknown(String what) {
        return DatabaseFile.corrupt("a pack has an unknown " + what);
    }
}
