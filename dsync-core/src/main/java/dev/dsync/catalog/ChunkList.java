package dev.dsync.catalog;

import dev.dsync.chunk.ChunkId;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** The chunks of one file in file order, at 32 bytes each: a file of 1 TiB has about a million. Immutable. */
public final class ChunkList extends AbstractList<ChunkId> implements RandomAccess {

    /** The chunks of an empty file. */
    public static final ChunkList EMPTY = new ChunkList(new byte[0]);

    /** The most chunks a file may have: what their ids in one array allow. At 1 MiB each that is 32 TiB. */
    static final int MAX_CHUNKS = 1 << 25;

    private final byte[] ids;

    private ChunkList(byte[] ids) {
        this.ids = ids;
    }

    /** A list of the given chunks. */
    public static ChunkList of(List<ChunkId> chunks) {
        Builder builder = new Builder();
        chunks.forEach(builder::add);
        return builder.build();
    }

    @Override
    public ChunkId get(int index) {
        int start = Objects.checkIndex(index, size()) * ChunkId.BYTES;
        return ChunkId.of(Arrays.copyOfRange(ids, start, start + ChunkId.BYTES));
    }

    @Override
    public int size() {
        return ids.length / ChunkId.BYTES;
    }

    /** Gathers a list chunk by chunk. Not safe for use by several threads. */
    public static final class Builder {

        private byte[] ids = new byte[ChunkId.BYTES];
        private int length;

        /**
         * Adds the file's next chunk.
         *
         * @throws IllegalArgumentException if the file has 33,554,432 already
         */
        public Builder add(ChunkId chunk) {
            if (length == MAX_CHUNKS * ChunkId.BYTES) {
                throw new IllegalArgumentException("a file has at most " + MAX_CHUNKS + " chunks");
            }
            if (length == ids.length) {
                ids = Arrays.copyOf(ids, Math.multiplyExact(ids.length, 2));
            }
            System.arraycopy(chunk.toBytes(), 0, ids, length, ChunkId.BYTES);
            length += ChunkId.BYTES;
            return this;
        }

        /** The chunks added so far. */
        public ChunkList build() {
            return length == 0 ? EMPTY : new ChunkList(Arrays.copyOf(ids, length));
        }
    }
}
