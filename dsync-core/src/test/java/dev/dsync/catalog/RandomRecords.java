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
import dev.dsync.key.VaultId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Records, commits and roots of every shape that is allowed, the same for the same seed. */
final class RandomRecords {

    /** Sequences are from 1 to this. */
    static final long MAX_SEQUENCE = 1_000_000_000_000L;

    private static final Instant[] ODD_TIMES = {
        Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(-1, 999_999_999), Instant.ofEpochSecond(1 << 31)
    };

    private final Random random;

    RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    static ChunkId chunk(Random random) {
        byte[] id = new byte[ChunkId.BYTES];
        random.nextBytes(id);
        return ChunkId.of(id);
    }

    /** Some records of all kinds, in no order. */
    List<CatalogRecord> records(int count) {
        List<CatalogRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record());
        }
        return records;
    }

    private CatalogRecord record() {
        long sequence = 1 + random.nextLong(MAX_SEQUENCE);
        return switch (random.nextInt(8)) {
            case 0 -> new CommitMade(commitInfo(), copies(random.nextInt(4)), sequence);
            case 1 -> new WriterSeen(writer(), text(20), text(200), sequence);
            case 2 -> new TargetState(target(), pick(KnownTarget.State.values()), sequence);
            case 3 -> new PackContents(directory(random.nextInt(50)), sequence);
            case 4 -> new PackCopies(pack(), copies(random.nextInt(5)), sequence);
            case 5 -> new PackRemoved(pack(), sequence);
            case 6 -> new VersionRemoved(path(), random.nextLong(MAX_SEQUENCE), writer(), sequence);
            default -> version(sequence);
        };
    }

    private PathVersion version(long sequence) {
        VersionKind kind = pick(VersionKind.values());
        boolean file = kind == VersionKind.FILE;
        Version version = new Version(
                path(),
                kind,
                file ? random.nextLong() >>> 1 + random.nextInt(62) : 0,
                time(),
                random.nextInt(010000),
                file ? Optional.of(sha256()) : Optional.empty(),
                kind == VersionKind.SYMLINK ? Optional.of(text(4_000)) : Optional.empty(),
                sequence,
                writer(),
                layout(kind));
        boolean holdsChunks = file || version.layout().classic();
        return new PathVersion(version, holdsChunks ? chunks(random.nextInt(20)) : ChunkList.EMPTY);
    }

    private ContentLayout layout(VersionKind kind) {
        boolean mayBeClassic = kind == VersionKind.FILE || kind == VersionKind.FOLDER;
        return mayBeClassic && random.nextInt(4) == 0
                ? ContentLayout.ofCode(1 + 2 * random.nextInt(8))
                : ContentLayout.PACKED;
    }

    ChunkList chunks(int count) {
        return ChunkList.of(Stream.generate(() -> chunk(random)).limit(count).toList());
    }

    PackDirectory directory(int count) {
        Suite suite = pick(Suite.values());
        List<PackEntry> entries = new ArrayList<>();
        int offset = PackFormat.HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            CodecId codec = pick(new CodecId[] {CodecId.RAW, CodecId.ZSTD, CodecId.ZLIB});
            int length = count > 1_000 ? random.nextInt(2_000) : random.nextInt(PackFormat.MAX_CHUNK_BYTES / 2);
            PackEntry entry =
                    new PackEntry(i, chunk(random), codec, PackFormat.MAX_CHUNK_BYTES - length, length, offset);
            entries.add(entry);
            offset += entry.sealedLength(suite);
        }
        if (count == 1 && random.nextBoolean()) {
            return PackDirectory.ofClassicPart(pack(), entries.get(0).id(), random.nextInt(12_000_000));
        }
        int size = 1 + random.nextInt(PackFormat.MAX_PACK_SIZE);
        return new PackDirectory(pack(), pick(PackKind.values()), suite, size, entries);
    }

    Commit commit() {
        List<Commit.CatalogPack> packs = new ArrayList<>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            int size = 1 + random.nextInt(PackFormat.MAX_PACK_SIZE);
            packs.add(new Commit.CatalogPack(pack(), size, copies(random.nextInt(4))));
        }
        List<Commit.Segment> segments = new ArrayList<>();
        long end = 0;
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            long to = end + 1 + random.nextLong(MAX_SEQUENCE);
            segments.add(new Commit.Segment(end, to, random.nextLong() >>> 1, blocks(packs)));
            end = to;
        }
        List<Sha256> parents =
                Stream.generate(this::sha256).limit(random.nextInt(3)).toList();
        return new Commit(end, writer(), time(), parents, segments, packs);
    }

    private List<Commit.Block> blocks(List<Commit.CatalogPack> packs) {
        return Stream.generate(() -> new Commit.Block(
                        packs.get(random.nextInt(packs.size())).id(), random.nextInt(PackFormat.MAX_CHUNKS)))
                .limit(random.nextInt(5))
                .toList();
    }

    Root root() {
        List<Root.Copy> copies = Stream.generate(() -> new Root.Copy(
                        target(),
                        address(),
                        Stream.generate(this::address).limit(random.nextInt(3)).toList()))
                .limit(1 + random.nextInt(20))
                .toList();
        byte[] vault = new byte[VaultId.BYTES];
        random.nextBytes(vault);
        int length = 1 + random.nextInt(PackFormat.MAX_PACK_SIZE);
        return new Root(VaultId.of(vault), commitInfo(), length, copies);
    }

    private CommitInfo commitInfo() {
        return new CommitInfo(1 + random.nextLong(1L << 62), writer(), time(), sha256());
    }

    private List<StoredCopy> copies(int count) {
        return Stream.generate(() -> new StoredCopy(target(), address()))
                .limit(count)
                .toList();
    }

    private TargetId target() {
        return new TargetId("t" + random.nextInt(10) + ":" + "x".repeat(1 + random.nextInt(80)));
    }

    private BlobAddress address() {
        return new BlobAddress(String.valueOf((char) ('!' + random.nextInt(94))).repeat(1 + random.nextInt(200)));
    }

    private WriterId writer() {
        return WriterId.of(random.nextLong());
    }

    private PackId pack() {
        return PackId.of(chunk(random).toBytes());
    }

    private Sha256 sha256() {
        return Sha256.of(chunk(random).toBytes());
    }

    private Instant time() {
        return random.nextInt(4) == 0
                ? pick(ODD_TIMES)
                : Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    /** Paths of which many share a beginning, in the middle of a character too. */
    private RelativePath path() {
        String folder = "folder/".repeat(random.nextInt(3));
        String name = text(random.nextInt(100) == 0 ? 200 : 5) + random.nextInt(10);
        return RelativePath.of(random.nextInt(50) == 0 ? "" : folder + name);
    }

    /** Characters of one to four bytes, some with the same first bytes; never a slash or a NUL. */
    private String text(int maxLength) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(maxLength + 1); i > 0; i--) {
            text.appendCodePoint(
                    pick(new Integer[] {(int) 'a', (int) 'b', 0xe9, 0xe8, 0x20ac, 0x20ad, 0x1f600, 0x1f601}));
        }
        return text.toString();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
