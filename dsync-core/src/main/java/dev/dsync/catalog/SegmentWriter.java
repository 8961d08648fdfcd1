package dev.dsync.catalog;

import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.pack.PackDirectory;
import dev.dsync.source.RelativePath;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Turns sorted records into the blocks of a segment. A block is at most about {@value #BLOCK_BYTES} bytes, or one large
 * record; it is read on its own, but a file with very many chunks goes on in the next block. Integers are varints.
 *
 * <pre>
 * block:  format 1 | records until the end
 * record: kind 1 | sequence varint | fields
 *
 * kind                fields
 * 1 commit made       sequence varint | writer 8 | time | hash 32 | count varint | per blob: target text | address text
 * 2 writer seen       writer 8 | host text | folder text
 * 3 target state      id text | state 1 (0 active, 1 retired)
 * 4 pack contents     id 32 | kind 1 | suite 1 | size varint | directory as in the pack, its length before it
 * 5 pack copies       id 32 | count varint | per copy: target text | address text
 * 6 path version      path | writer 8 | kind 1 (0 file, 1 folder, 2 link, 3 deleted, 4 classic file, 5 classic folder) |
 *                       mode varint | time | 4 and 5: layout 1, see {@link ContentLayout#code} |
 *                       file: size varint | sha-256 32 | all chunks varint | here varint | ids 32 each
 *                       classic folder: all chunks varint | here varint | ids 32 each
 *                       link: text
 * 7 more chunks       here varint | ids 32 each; follows a file whose record did not hold all its chunks
 * 8 pack removed      id 32
 * 9 version removed   path | sequence it had appeared in varint | writer 8
 *
 * path: bytes shared with the path before it in this block varint | the other bytes, UTF-8, their length before them
 * time: seconds since 1970 zigzag varint | nanoseconds varint
 * </pre>
 */
public final class SegmentWriter implements Iterator<byte[]> {

    /** The size at which a block ends, in bytes: small enough to be one chunk, large enough to compress well. */
    static final int BLOCK_BYTES = 1 << 20;

    /** The most chunk ids in one record: half a block. */
    static final int CHUNKS_PER_RECORD = BLOCK_BYTES / 2 / 32;

    static final int FORMAT = 1;
    static final int COMMIT_MADE = 1;
    static final int WRITER_SEEN = 2;
    static final int TARGET_STATE = 3;
    static final int PACK_CONTENTS = 4;
    static final int PACK_COPIES = 5;
    static final int PATH_VERSION = 6;
    static final int MORE_CHUNKS = 7;
    static final int PACK_REMOVED = 8;
    static final int VERSION_REMOVED = 9;

    /** The kinds of a path version that its {@link VersionKind} does not tell. */
    static final int CLASSIC_FILE = 4;

    static final int CLASSIC_FOLDER = 5;

    private final Iterator<CatalogRecord> records;
    private ChunkList chunks = ChunkList.EMPTY;
    private int chunksWritten;
    private byte[] lastPath = new byte[0];

    /** Blocks of the given records, which are read as the blocks are taken. */
    public SegmentWriter(Iterator<CatalogRecord> records) {
        this.records = records;
    }

    @Override
    public boolean hasNext() {
        return chunksWritten < chunks.size() || records.hasNext();
    }

    /** The next block. */
    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more blocks");
        }
        FieldWriter out = new FieldWriter();
        out.u8(FORMAT);
        lastPath = new byte[0];
        while (out.length() < BLOCK_BYTES / 2 && hasNext()) {
            if (chunksWritten < chunks.size()) {
                out.u8(MORE_CHUNKS);
                out.varint(0);
                writeChunks(out);
            } else {
                write(out, records.next());
            }
        }
        return out.toArray();
    }

    private void write(FieldWriter out, CatalogRecord record) {
        if (record instanceof CommitMade made) {
            head(out, COMMIT_MADE, record);
            out.varint(made.commit().sequence());
            CommitCodec.writeWriter(out, made.commit().writer());
            out.time(made.commit().time());
            out.raw(made.commit().hash().toBytes());
            writeCopies(out, made.blobs());
        } else if (record instanceof WriterSeen seen) {
            head(out, WRITER_SEEN, record);
            CommitCodec.writeWriter(out, seen.writer());
            out.text(seen.host());
            out.text(seen.folder());
        } else if (record instanceof TargetState state) {
            head(out, TARGET_STATE, record);
            out.text(state.target().value());
            out.u8(state.state() == KnownTarget.State.RETIRED ? 1 : 0);
        } else if (record instanceof PackContents || record instanceof PackCopies || record instanceof PackRemoved) {
            writePack(out, record);
        } else {
            writePath(out, record);
        }
    }

    private static void writePack(FieldWriter out, CatalogRecord record) {
        if (record instanceof PackContents contents) {
            head(out, PACK_CONTENTS, record);
            PackDirectory directory = contents.directory();
            out.raw(directory.id().toBytes());
            out.u8(directory.kind().code());
            out.u8(directory.suite().code());
            out.varint(directory.size());
            out.block(PackDirectory.encode(directory.entries()));
        } else if (record instanceof PackCopies copies) {
            head(out, PACK_COPIES, record);
            out.raw(copies.pack().toBytes());
            writeCopies(out, copies.copies());
        } else if (record instanceof PackRemoved removed) {
            head(out, PACK_REMOVED, record);
            out.raw(removed.pack().toBytes());
        }
    }

    private static void writeCopies(FieldWriter out, List<StoredCopy> copies) {
        out.varint(copies.size());
        for (StoredCopy copy : copies) {
            out.text(copy.target().value());
            out.text(copy.address().value());
        }
    }

    private void writePath(FieldWriter out, CatalogRecord record) {
        if (record instanceof PathVersion path) {
            head(out, PATH_VERSION, record);
            writeVersion(out, path.version(), path.chunks());
        } else if (record instanceof VersionRemoved removed) {
            head(out, VERSION_REMOVED, record);
            path(out, removed.path());
            out.varint(removed.appeared());
            CommitCodec.writeWriter(out, removed.writer());
        }
    }

    private void writeVersion(FieldWriter out, Version version, ChunkList all) {
        path(out, version.path());
        CommitCodec.writeWriter(out, version.writer());
        boolean classic = version.layout().classic();
        boolean file = version.kind() == VersionKind.FILE;
        out.u8(classic ? file ? CLASSIC_FILE : CLASSIC_FOLDER : version.kind().ordinal());
        out.varint(version.mode());
        out.time(version.modified());
        if (classic) {
            out.u8(version.layout().code());
        }
        if (file) {
            out.varint(version.size());
            out.raw(version.sha256().orElseThrow().toBytes());
        }
        if (file || classic) {
            out.varint(all.size());
            chunks = all;
            chunksWritten = 0;
            writeChunks(out);
        } else if (version.kind() == VersionKind.SYMLINK) {
            out.text(version.link().orElseThrow());
        }
    }

    private void writeChunks(FieldWriter out) {
        int here = Math.min(chunks.size() - chunksWritten, CHUNKS_PER_RECORD);
        out.varint(here);
        for (int end = chunksWritten + here; chunksWritten < end; chunksWritten++) {
            out.raw(chunks.get(chunksWritten).toBytes());
        }
    }

    private void path(FieldWriter out, RelativePath path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        int shared = 0;
        while (shared < bytes.length && shared < lastPath.length && bytes[shared] == lastPath[shared]) {
            shared++;
        }
        out.varint(shared);
        out.varint(bytes.length - shared);
        out.raw(bytes, shared, bytes.length - shared);
        lastPath = bytes;
    }

    private static void head(FieldWriter out, int kind, CatalogRecord record) {
        out.u8(kind);
        out.varint(record.sequence());
    }
}
