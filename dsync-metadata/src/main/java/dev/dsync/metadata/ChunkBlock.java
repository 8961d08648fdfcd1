package dev.dsync.metadata;

import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.Suite;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A few chunks with numbers in a row: one row of {@code chunk_block}.
 *
 * <p>Details, for each chunk: codec 1 | plain length varint | encoded length varint. None for chunks without a pack.
 */
final class ChunkBlock {

    /** Chunks in a block. With eight, thirteen blocks fill a page of SQLite almost to the last byte. */
    static final int CHUNKS = 8;

    /** The columns that {@link #read} wants. */
    static final String COLUMNS = "b.first, b.pack, b.start, b.digests, b.details";

    private static final int MOST_DETAIL_BYTES = 1 + 5 + 5;

    private final long first;
    private final long pack;
    private final int start;
    private final byte[] digests;
    private final byte[] details;

    private ChunkBlock(long first, long pack, int start, byte[] digests, byte[] details) {
        this.first = first;
        this.pack = pack;
        this.start = start;
        this.digests = digests;
        this.details = details;
    }

    /** A block of entries that follow each other in a pack. */
    static ChunkBlock of(long first, long pack, List<PackEntry> entries) {
        ByteBuffer digests = ByteBuffer.allocate(entries.size() * ChunkId.BYTES);
        ByteBuffer details = ByteBuffer.allocate(entries.size() * MOST_DETAIL_BYTES);
        for (PackEntry entry : entries) {
            digests.put(entry.id().toBytes());
            details.put((byte) entry.codec().stored());
            putVarint(details, entry.rawSize());
            putVarint(details, entry.encodedLength());
        }
        return new ChunkBlock(
                first,
                pack,
                entries.get(0).offset(),
                digests.array(),
                Arrays.copyOf(details.array(), details.position()));
    }

    /** A block of one chunk that no pack is known to hold. */
    static ChunkBlock ofUnplaced(long first, ChunkId chunk) {
        return new ChunkBlock(first, 0, 0, chunk.toBytes(), new byte[0]);
    }

    /** The block in columns {@code column} and after. */
    static ChunkBlock read(Sql row, int column) throws SQLException {
        return new ChunkBlock(
                row.number(column),
                row.number(column + 1),
                row.integer(column + 2),
                row.bytes(column + 3),
                row.bytesOrNone(column + 4));
    }

    void insert(Database database) throws SQLException {
        database.sql("INSERT INTO chunk_block (first, pack, start, digests, details) VALUES (?, ?, ?, ?, ?)")
                .with(first)
                .with(pack)
                .with(start)
                .with(digests)
                .with(details)
                .run();
    }

    long first() {
        return first;
    }

    long pack() {
        return pack;
    }

    int count() {
        return digests.length / ChunkId.BYTES;
    }

    boolean has(long chunk) {
        return chunk >= first && chunk - first < count();
    }

    /** The digest of the chunk with this number, which must be in the block. */
    ChunkId id(long chunk) {
        int at = Math.toIntExact(chunk - first) * ChunkId.BYTES;
        return ChunkId.of(Arrays.copyOfRange(digests, at, at + ChunkId.BYTES));
    }

    /** What the pack's directory says of one of these chunks. */
    PackEntry entry(long chunk, long firstOfPack, Suite suite) throws SQLException {
        return entries(firstOfPack, suite).get(Math.toIntExact(chunk - first));
    }

    /** What the pack's directory says of these chunks, if the pack's first chunk has the number {@code firstOfPack}. */
    List<PackEntry> entries(long firstOfPack, Suite suite) throws SQLException {
        try {
            List<PackEntry> entries = new ArrayList<>(count());
            ByteBuffer in = ByteBuffer.wrap(details);
            int offset = start;
            for (int i = 0; i < count(); i++) {
                CodecId codec = CodecId.of(in.get() & 0xff);
                int index = Math.toIntExact(first + i - firstOfPack);
                PackEntry entry = new PackEntry(index, id(first + i), codec, getVarint(in), getVarint(in), offset);
                entries.add(entry);
                offset += entry.sealedLength(suite);
            }
            return entries;
        } catch (CorruptChunkException | BufferUnderflowException | IllegalArgumentException e) {
            throw DatabaseFile.corrupt("chunk block " + first + " makes no sense: " + e.getMessage());
        }
    }

    private static void putVarint(ByteBuffer out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.put((byte) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int getVarint(ByteBuffer in) {
        int value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
