package dev.dsync.metadata;

import dev.dsync.catalog.ChunkList;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackEntry;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chunks and their numbers. Every method wants the database's lock. */
final class ChunkTable {

    /** Rows of {@code chunk_at a} and {@code chunk_block b} for a chunk; two parameters, see {@link #bind}. */
    static final String CHUNK = " chunk_at a CROSS JOIN chunk_block b ON b.first ="
            + " (SELECT max(first) FROM chunk_block WHERE first <= a.chunk) ";

    /** What goes with {@link #CHUNK}. */
    static final String IS_CHUNK = " a.prefix = ? AND substr(b.digests, 1 + " + ChunkId.BYTES
            + " * (a.chunk - b.first), " + ChunkId.BYTES + ") = ? ";

    private static final String RECORDED = "SELECT a.chunk FROM" + CHUNK
            + "CROSS JOIN pack p ON p.id = b.pack AND p.kind IS NOT NULL WHERE" + IS_CHUNK + "LIMIT 1";

    private static final String KNOWN = "SELECT a.chunk FROM" + CHUNK + "WHERE" + IS_CHUNK + "LIMIT 1";

    private final Database database;

    ChunkTable(Database database) {
        this.database = database;
    }

    /** Sets the parameters of {@link #IS_CHUNK}. */
    static Sql bind(Sql sql, ChunkId chunk) throws SQLException {
        byte[] digest = chunk.toBytes();
        return sql.with(prefix(digest)).with(digest);
    }

    /** Numbers the chunks of a pack, one after the other. Returns the first number. */
    long add(long pack, List<PackEntry> entries) throws SQLException {
        long first = nextNumber();
        for (int start = 0; start < entries.size(); start += ChunkBlock.CHUNKS) {
            List<PackEntry> some = entries.subList(start, Math.min(start + ChunkBlock.CHUNKS, entries.size()));
            ChunkBlock.of(first + start, pack, some).insert(database);
        }
        for (PackEntry entry : entries) {
            index(entry.id(), first + entry.index());
        }
        return first;
    }

    /** The numbers of chunks in recorded packs, encoded. Empty if one lies in none. */
    Optional<byte[]> recorded(ChunkList chunks) throws SQLException {
        ChunkNumbers numbers = new ChunkNumbers();
        for (ChunkId chunk : chunks) {
            long number = bind(database.sql(RECORDED), chunk).only(-1);
            if (number < 0) {
                return Optional.empty();
            }
            numbers.add(number);
        }
        return Optional.of(numbers.encoded());
    }

    /** The numbers of chunks, encoded. One that is not known yet gets a number without a pack. */
    byte[] numbered(ChunkList chunks) throws SQLException {
        ChunkNumbers numbers = new ChunkNumbers();
        for (ChunkId chunk : chunks) {
            long number = bind(database.sql(KNOWN), chunk).only(-1);
            numbers.add(number < 0 ? addUnplaced(chunk) : number);
        }
        return numbers.encoded();
    }

    /** Removes the chunks that lie in no recorded pack and that no version is made of. */
    void sweep() throws SQLException {
        database.sql("DELETE FROM temp.kept_block").run();
        Reader reader = reader();
        for (String table : new String[] {"path", "older"}) {
            try (Sql rows = database.sql("SELECT chunks FROM " + table + " WHERE chunks IS NOT NULL")) {
                while (rows.next()) {
                    for (long number : ChunkNumbers.decode(rows.bytes(1))) {
                        keep(reader.block(number).first());
                    }
                }
            }
        }
        database.sql("UPDATE chunk_block SET pack = 0 WHERE pack NOT IN (SELECT id FROM pack WHERE kind IS NOT NULL)")
                .run();
        database.sql("DELETE FROM chunk_block WHERE pack = 0 AND first NOT IN (SELECT first FROM temp.kept_block)")
                .run();
        database.sql("DELETE FROM chunk_at WHERE chunk >= coalesce((SELECT first + length(digests) / " + ChunkId.BYTES
                        + " FROM chunk_block WHERE first <= chunk_at.chunk ORDER BY first DESC LIMIT 1), 0)")
                .run();
    }

    private void keep(long block) throws SQLException {
        database.sql("INSERT OR IGNORE INTO temp.kept_block (first) VALUES (?)")
                .with(block)
                .run();
    }

    /** A reader of many lists, which remembers where it was. */
    Reader reader() {
        return new Reader();
    }

    /** Turns numbers back into chunks. Files that lie next to each other are mostly made of the same blocks. */
    final class Reader {

        private @Nullable ChunkBlock last;

        ChunkList read(byte[] encoded) throws SQLException {
            if (encoded.length == 0) {
                return ChunkList.EMPTY;
            }
            ChunkList.Builder chunks = new ChunkList.Builder();
            for (long number : ChunkNumbers.decode(encoded)) {
                chunks.add(block(number).id(number));
            }
            return chunks.build();
        }

        /** The block that has the chunk with this number. */
        ChunkBlock block(long number) throws SQLException {
            ChunkBlock block = last;
            if (block == null || !block.has(number)) {
                block = find(number);
                last = block;
            }
            return block;
        }
    }

    private ChunkBlock find(long number) throws SQLException {
        String text =
                "SELECT " + ChunkBlock.COLUMNS + " FROM chunk_block b WHERE first <= ? ORDER BY first DESC LIMIT 1";
        try (Sql sql = database.sql(text).with(number)) {
            if (sql.next()) {
                ChunkBlock block = ChunkBlock.read(sql, 1);
                if (block.has(number)) {
                    return block;
                }
            }
        }
        throw DatabaseFile.corrupt("chunk " + number + " is missing");
    }

    private long addUnplaced(ChunkId chunk) throws SQLException {
        long number = nextNumber();
        ChunkBlock.ofUnplaced(number, chunk).insert(database);
        index(chunk, number);
        return number;
    }

    private void index(ChunkId chunk, long number) throws SQLException {
        database.sql("INSERT INTO chunk_at (prefix, chunk) VALUES (?, ?)")
                .with(prefix(chunk.toBytes()))
                .with(number)
                .run();
    }

    private long nextNumber() throws SQLException {
        return database.sql("SELECT first + length(digests) / " + ChunkId.BYTES
                        + " FROM chunk_block ORDER BY first DESC LIMIT 1")
                .only(0);
    }

    private static int prefix(byte[] digest) {
        return ByteBuffer.wrap(digest).getInt();
    }
}
