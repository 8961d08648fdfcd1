package dev.dsync.pipeline;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitCodec;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.SegmentWriter;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.WriterId;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.Seals;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The smallest vault there is: one file, one commit, one folder. What the folder holds is pinned to the last byte, and
 * {@code docs/format.md} reads it aloud.
 */
final class GoldenVault {

    static final RelativePath PATH = RelativePath.of("hello.txt");
    static final String CONTENT = "Hello, vault!\n";
    static final TargetId TARGET = new TargetId("file:000102030405060708090a0b0c0d0e0f");
    static final WriterId WRITER = new WriterId("0123456789abcdef");
    static final Instant TIME = Instant.parse("2026-11-22T12:00:00.123456789Z");

    private static final BlobAddress DATA_PACK = address("1f");
    private static final BlobAddress COMMIT = address("3f");
    private static final BlobAddress CATALOG_PACK = address("3e");

    private final Seals seals;

    private GoldenVault(Seals seals) {
        this.seals = seals;
    }

    /** The key 00 01 02 … 1f. */
    static Seals seals() {
        try (VaultKey key = VaultKey.of(counting(0, VaultKey.BYTES))) {
            return new Seals(key);
        }
    }

    /** What the folder holds but for the file that names it: contents by path. */
    static Map<String, byte[]> files() {
        try (Seals seals = seals()) {
            return new GoldenVault(seals).make();
        }
    }

    /** The sealed root that points to {@code commit} at its usual place. */
    static byte[] sealedRoot(Seals seals, byte[] commit) {
        CommitInfo info = new CommitInfo(1, WRITER, TIME, Digests.sha256(commit));
        Root root = new Root(
                seals.vault(), info, commit.length, List.of(new Root.Copy(TARGET, COMMIT, List.of(CATALOG_PACK))));
        return seals.roots().seal(root.encode(Integer.MAX_VALUE), new CountingFrom(0x70));
    }

    private Map<String, byte[]> make() {
        EncodedChunk chunk = encoded(CONTENT.getBytes(StandardCharsets.UTF_8));
        SealedPack data = pack(PackKind.DATA, 0x10, chunk);
        byte[] block = new SegmentWriter(records(chunk.id(), data).iterator()).next();
        SealedPack catalog = pack(PackKind.CATALOG, 0x30, encoded(block));
        Commit commit = new Commit(
                1,
                WRITER,
                TIME,
                List.of(),
                List.of(new Commit.Segment(0, 1, block.length, List.of(new Commit.Block(catalog.id(), 0)))),
                List.of(new Commit.CatalogPack(catalog.id(), catalog.size(), List.of())));
        byte[] sealed = seals.commits().seal(CommitCodec.encode(commit), new CountingFrom(0x50));
        Map<String, byte[]> files = new TreeMap<>();
        files.put(path(DATA_PACK), bytes(data));
        files.put(path(CATALOG_PACK), bytes(catalog));
        files.put(path(COMMIT), sealed);
        files.put("root", sealedRoot(seals, sealed));
        return files;
    }

    private EncodedChunk encoded(byte[] plain) {
        ChunkId id = seals.chunkNames().name(ByteBuffer.wrap(plain));
        return new EncodedChunk(id, CodecId.RAW, plain.length, ByteBuffer.wrap(plain), Lease.none());
    }

    private SealedPack pack(PackKind kind, int salt, EncodedChunk chunk) {
        ByteBudget budget = new ByteBudget(1 << 30, 1 << 29);
        CountingFrom random = new CountingFrom(salt);
        try (PackAssembler assembler =
                new PackAssembler(kind, Suite.AES_256_GCM, PackFormat.MIN_PACK_SIZE, seals.packs(), budget, random)) {
            assembler.add(chunk);
            return assembler.finish().get(0);
        }
    }

    private static List<CatalogRecord> records(ChunkId chunk, SealedPack data) {
        Version file = new Version(
                PATH,
                VersionKind.FILE,
                CONTENT.length(),
                TIME,
                0644,
                Optional.of(sha256(CONTENT)),
                Optional.empty(),
                1,
                WRITER);
        return List.of(
                new CatalogRecord.WriterSeen(WRITER, "desk", "/home/user/d-synced", 1),
                new CatalogRecord.TargetState(TARGET, KnownTarget.State.ACTIVE, 1),
                new CatalogRecord.PackContents(data.directory(), 1),
                new CatalogRecord.PackCopies(data.id(), List.of(new StoredCopy(TARGET, DATA_PACK)), 1),
                new CatalogRecord.PathVersion(file, ChunkList.of(List.of(chunk))));
    }

    private static Sha256 sha256(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static BlobAddress address(String shelf) {
        return new BlobAddress(shelf + "00112233445566778899aabbccddee");
    }

    private static String path(BlobAddress address) {
        return "blobs/" + address.value().substring(0, 2) + '/' + address;
    }

    private static byte[] bytes(SealedPack pack) {
        byte[] bytes = new byte[pack.size()];
        pack.bytes().get(bytes);
        return bytes;
    }

    private static byte[] counting(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    /** Bytes of which each is one more than the one before. */
    private record CountingFrom(int first) implements RandomGenerator {
        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(counting(first, bytes.length), 0, bytes, 0, bytes.length);
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("only salts are drawn here");
        }
    }
}
