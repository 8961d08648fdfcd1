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
import dev.dsync.codec.CodecId;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The values whose bytes are pinned. {@code docs/format.md} shows some of them. */
public final class GoldenRecords {

    public static final TargetId FOLDER = new TargetId("file:000102030405060708090a0b0c0d0e0f");
    public static final TargetId CHANNEL = new TargetId("discord:1100000000000000001");

    private static final WriterId WRITER = new WriterId("0123456789abcdef");
    private static final Instant TIME = Instant.parse("2026-11-22T12:00:00.123456789Z");
    private static final PackId PACK = PackId.of(counting(0x10, 32));
    private static final PackId SECOND_PACK = PackId.of(counting(0x30, 32));

    private GoldenRecords() {}

    /** The key 00 01 02 … 1f. */
    public static VaultKey key() {
        return VaultKey.of(counting(0, VaultKey.BYTES));
    }

    public static byte[] counting(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    /** The root of the second commit of a vault, on two targets. */
    public static Root root() {
        return root(Sha256.of(counting(0x70, 32)), 391);
    }

    /** The same root, pointing to a sealed commit with this hash and length. */
    public static Root root(Sha256 hash, int length) {
        try (VaultKey key = key()) {
            CommitInfo commit = new CommitInfo(2, WRITER, TIME, hash);
            return new Root(
                    key.vaultId(),
                    commit,
                    length,
                    List.of(
                            new Root.Copy(FOLDER, address("3f"), List.of(address("40"))),
                            new Root.Copy(
                                    CHANNEL,
                                    new BlobAddress("1200000000000000001/0"),
                                    List.of(new BlobAddress("1200000000000000001/1")))));
        }
    }

    /** A commit with a pack that was there before and one beside it. */
    public static Commit commit() {
        return new Commit(
                2,
                WRITER,
                TIME,
                List.of(Sha256.of(counting(0x50, 32))),
                List.of(
                        new Commit.Segment(0, 1, 70_000, List.of(new Commit.Block(PACK, 0), new Commit.Block(PACK, 1))),
                        new Commit.Segment(1, 2, 300, List.of(new Commit.Block(SECOND_PACK, 0)))),
                List.of(
                        new Commit.CatalogPack(
                                PACK,
                                73_728,
                                List.of(
                                        new StoredCopy(FOLDER, address("3e")),
                                        new StoredCopy(CHANNEL, new BlobAddress("1100000000000000009/1")))),
                        new Commit.CatalogPack(SECOND_PACK, 576, List.of())));
    }

    /** One record of every kind, and paths that share a beginning. */
    public static List<CatalogRecord> records() {
        PackDirectory directory = new PackDirectory(
                PACK,
                PackKind.DATA,
                Suite.AES_256_GCM,
                8_732_672,
                List.of(
                        new PackEntry(0, chunk(0xa0), CodecId.ZSTD, 300, 200, 88),
                        new PackEntry(1, chunk(0xa1), CodecId.RAW, 20_000, 20_000, 304)));
        List<StoredCopy> copies = List.of(new StoredCopy(FOLDER, address("3e")));
        return List.of(
                new CommitMade(new CommitInfo(1, WRITER, TIME, Sha256.of(counting(0x50, 32))), copies, 2),
                new WriterSeen(WRITER, "desk", "/home/user/d-synced", 1),
                new TargetState(FOLDER, KnownTarget.State.ACTIVE, 1),
                new TargetState(CHANNEL, KnownTarget.State.RETIRED, 2),
                new PackContents(directory, 1),
                new PackCopies(PACK, copies, 2),
                new PathVersion(version("", VersionKind.FOLDER, 0, "", 0755), ChunkList.EMPTY),
                new PathVersion(version("caf\u00e8", VersionKind.FILE, 0, "", 0600), ChunkList.EMPTY),
                new PathVersion(
                        version("caf\u00e9", VersionKind.FILE, 20_300, "", 0644),
                        ChunkList.of(List.of(chunk(0xa0), chunk(0xa1)))),
                new PathVersion(version("old", VersionKind.DELETED, 0, "", 0644), ChunkList.EMPTY),
                new PathVersion(version("to/caf\u00e9", VersionKind.SYMLINK, 0, "../caf\u00e9", 0777), ChunkList.EMPTY),
                new PackRemoved(SECOND_PACK, 2),
                new VersionRemoved(RelativePath.of("older"), 1, WRITER, 2));
    }

    /** Packs and versions of the classic layout, and a pack that is not encrypted. */
    public static List<CatalogRecord> classicRecords() {
        List<StoredCopy> copies = List.of(new StoredCopy(CHANNEL, new BlobAddress("1200000000000000001/0")));
        PackDirectory part = PackDirectory.ofClassicPart(PACK, chunk(0xa0), 1_000);
        PackDirectory plain = new PackDirectory(
                SECOND_PACK,
                PackKind.DATA,
                Suite.NONE,
                5_242_880,
                List.of(new PackEntry(0, chunk(0xa1), CodecId.ZLIB, 300, 200, 88)));
        return List.of(
                new PackContents(part, 1),
                new PackContents(plain, 1),
                new PackCopies(PACK, copies, 1),
                new PackCopies(SECOND_PACK, copies, 1),
                classic("", VersionKind.FOLDER, ContentLayout.classic(false, false)),
                classic("a", VersionKind.FILE, ContentLayout.classic(false, false)),
                classic("b", VersionKind.FILE, ContentLayout.classic(true, true)),
                classic(
                        "c",
                        VersionKind.FILE,
                        ContentLayout.classic(false, true).asImported()));
    }

    private static PathVersion classic(String path, VersionKind kind, ContentLayout layout) {
        return new PathVersion(
                version(path, kind, kind == VersionKind.FILE ? 1_000 : 0, "", 0644)
                        .as(layout),
                ChunkList.of(List.of(chunk(0xa0))));
    }

    /** A file of so many chunks that its record goes on in another, and in another block. */
    public static List<CatalogRecord> manyChunks() {
        ChunkList.Builder chunks = new ChunkList.Builder();
        byte[] id = new byte[ChunkId.BYTES];
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer.wrap(id).putInt(i);
            chunks.add(ChunkId.of(id));
        }
        return List.of(new PathVersion(version("long", VersionKind.FILE, 20_000, "", 0644), chunks.build()));
    }

    private static Version version(String path, VersionKind kind, long size, String link, int mode) {
        return new Version(
                RelativePath.of(path),
                kind,
                size,
                TIME,
                mode,
                kind == VersionKind.FILE ? Optional.of(Sha256.of(counting(0x90, 32))) : Optional.empty(),
                kind == VersionKind.SYMLINK ? Optional.of(link) : Optional.empty(),
                2,
                WRITER);
    }

    private static ChunkId chunk(int first) {
        return ChunkId.of(counting(first, ChunkId.BYTES));
    }

    private static BlobAddress address(String shelf) {
        return new BlobAddress(shelf + "00112233445566778899aabbccddee");
    }
}
