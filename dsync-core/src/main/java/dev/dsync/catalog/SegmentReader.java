package dev.dsync.catalog;

import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.DamagedPackException;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of one segment, in order, as {@link SegmentWriter} wrote them. Not safe for use by several threads. */
public final class SegmentReader {

    private final long from;
    private final long to;
    private final Consumer<CatalogRecord> records;
    private final VersionKind[] kinds = VersionKind.values();
    private byte[] lastPath = new byte[0];
    private @Nullable Version unfinished;
    private int chunksMissing;
    private ChunkList.Builder chunks = new ChunkList.Builder();

    /** A reader of a segment with records of {@code from < sequence <= to}; hands each record on. */
    public SegmentReader(long from, long to, Consumer<CatalogRecord> records) {
        this.from = from;
        this.to = to;
        this.records = records;
    }

    /** Takes the segment's next block. */
    public void read(byte[] block) throws MalformedCatalogException {
        FieldReader in = new FieldReader("a block of the catalog", block);
        int format = in.u8();
        if (format != SegmentWriter.FORMAT) {
            throw in.malformed("format " + format + " is not known to this version of dsync");
        }
        lastPath = new byte[0];
        while (!in.atEnd()) {
            in.checked(() -> {
                readRecord(in);
                return Boolean.TRUE;
            });
        }
    }

    /** Says that the last block was read. */
    public void end() throws MalformedCatalogException {
        if (unfinished != null) {
            throw new MalformedCatalogException(
                    "a segment ends in the middle of " + unfinished.path() + ": " + chunksMissing
                            + " chunks are missing",
                    null);
        }
    }

    private void readRecord(FieldReader in) throws MalformedCatalogException {
        int kind = in.u8();
        if ((kind == SegmentWriter.MORE_CHUNKS) != (unfinished != null)) {
            throw in.malformed("a file's chunks break off or come from nowhere");
        }
        long sequence = in.natural();
        if (kind != SegmentWriter.MORE_CHUNKS && (sequence <= from || sequence > to)) {
            throw in.malformed("a record of sequence " + sequence + " in a segment from " + from + " to " + to);
        }
        switch (kind) {
            case SegmentWriter.COMMIT_MADE -> records.accept(new CommitMade(readCommit(in), readCopies(in), sequence));
            case SegmentWriter.WRITER_SEEN ->
                records.accept(new WriterSeen(CommitCodec.readWriter(in), in.text(), in.text(), sequence));
            case SegmentWriter.TARGET_STATE ->
                records.accept(new TargetState(new TargetId(in.text()), readState(in), sequence));
            case SegmentWriter.PACK_CONTENTS -> records.accept(readContents(in, sequence));
            case SegmentWriter.PACK_COPIES -> records.accept(new PackCopies(readPackId(in), readCopies(in), sequence));
            case SegmentWriter.PATH_VERSION -> readVersion(in, sequence);
            case SegmentWriter.MORE_CHUNKS -> readChunks(in);
            case SegmentWriter.PACK_REMOVED -> records.accept(new PackRemoved(readPackId(in), sequence));
            case SegmentWriter.VERSION_REMOVED ->
                records.accept(new VersionRemoved(readPath(in), in.natural(), CommitCodec.readWriter(in), sequence));
            default -> throw in.malformed("record kind " + kind + " is not known to this version of dsync");
        }
    }

    private static CommitInfo readCommit(FieldReader in) throws MalformedCatalogException {
        long sequence = in.natural();
        WriterId writer = CommitCodec.readWriter(in);
        Instant time = in.time();
        return new CommitInfo(sequence, writer, time, Sha256.of(in.raw(Sha256.BYTES)));
    }

    private static KnownTarget.State readState(FieldReader in) throws MalformedCatalogException {
        return switch (in.u8()) {
            case 0 -> KnownTarget.State.ACTIVE;
            case 1 -> KnownTarget.State.RETIRED;
            default -> throw in.malformed("a target's state is neither active nor retired");
        };
    }

    private static PackId readPackId(FieldReader in) throws MalformedCatalogException {
        return PackId.of(in.raw(PackId.BYTES));
    }

    private static PackContents readContents(FieldReader in, long sequence) throws MalformedCatalogException {
        PackId pack = readPackId(in);
        PackKind kind = PackKind.ofCode(in.u8()).orElseThrow(() -> in.malformed("a pack of unknown kind"));
        Suite suite = Suite.ofCode(in.u8()).orElseThrow(() -> in.malformed("a pack of unknown suite"));
        int size = in.count(PackFormat.MAX_PACK_SIZE);
        try {
            List<PackEntry> entries = PackDirectory.decode(suite, ByteBuffer.wrap(in.block()));
            return new PackContents(new PackDirectory(pack, kind, suite, size, entries), sequence);
        } catch (DamagedPackException e) {
            throw in.malformed("the directory of pack " + pack + ": " + e.getMessage());
        }
    }

    private static List<StoredCopy> readCopies(FieldReader in) throws MalformedCatalogException {
        List<StoredCopy> copies = new ArrayList<>();
        for (int left = in.countOf(2); left > 0; left--) {
            copies.add(new StoredCopy(new TargetId(in.text()), new BlobAddress(in.text())));
        }
        return copies;
    }

    private void readVersion(FieldReader in, long sequence) throws MalformedCatalogException {
        RelativePath path = readPath(in);
        WriterId writer = CommitCodec.readWriter(in);
        int code = in.count(SegmentWriter.CLASSIC_FOLDER);
        boolean classic = code >= SegmentWriter.CLASSIC_FILE;
        VersionKind kind = kinds[classic ? code - SegmentWriter.CLASSIC_FILE : code];
        int mode = in.count(07777);
        Instant modified = in.time();
        ContentLayout layout = classic ? ContentLayout.ofCode(in.u8()) : ContentLayout.PACKED;
        if (kind != VersionKind.FILE && !classic) {
            Optional<String> link = kind == VersionKind.SYMLINK ? Optional.of(in.text()) : Optional.empty();
            Version version = new Version(path, kind, 0, modified, mode, Optional.empty(), link, sequence, writer);
            records.accept(new PathVersion(version, ChunkList.EMPTY));
            return;
        }
        if (layout.classic() != classic) {
            throw in.malformed("a classic version that is not in the classic layout");
        }
        boolean file = kind == VersionKind.FILE;
        long size = file ? in.natural() : 0;
        Optional<Sha256> sha256 = file ? Optional.of(Sha256.of(in.raw(Sha256.BYTES))) : Optional.empty();
        unfinished = new Version(path, kind, size, modified, mode, sha256, Optional.empty(), sequence, writer, layout);
        chunksMissing = in.count(ChunkList.MAX_CHUNKS);
        chunks = new ChunkList.Builder();
        readChunks(in);
    }

    private void readChunks(FieldReader in) throws MalformedCatalogException {
        int here = in.countOf(ChunkId.BYTES);
        if (here > chunksMissing || here == 0 && chunksMissing > 0) {
            throw in.malformed("a file has " + here + " chunks where " + chunksMissing + " are missing");
        }
        for (int i = 0; i < here; i++) {
            chunks.add(ChunkId.of(in.raw(ChunkId.BYTES)));
        }
        chunksMissing -= here;
        if (chunksMissing == 0 && unfinished != null) {
            records.accept(new PathVersion(unfinished, chunks.build()));
            unfinished = null;
        }
    }

    private RelativePath readPath(FieldReader in) throws MalformedCatalogException {
        int shared = in.count(lastPath.length);
        byte[] rest = in.block();
        byte[] path = Arrays.copyOf(lastPath, shared + rest.length);
        System.arraycopy(rest, 0, path, shared, rest.length);
        lastPath = path;
        return RelativePath.of(in.utf8(path));
    }
}
