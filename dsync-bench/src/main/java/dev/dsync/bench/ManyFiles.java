package dev.dsync.bench;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.WriterId;
import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Files for a catalog, as the first sync of a tree would record them: 100 in a folder, chunk after chunk, pack after
 * pack. What a file or a chunk is called follows from its number, so that however many there are need no memory.
 *
 * @param files how many
 * @param chunks how many in all; each file has as many as every other, or one more
 * @param packChunks chunks in one pack, which is full with them
 * @param commitPacks packs in one commit
 */
record ManyFiles(int files, int chunks, int packChunks, int commitPacks) {

    /** What a vault stores before it commits: 512 MiB, in packs of 8 MiB. */
    static final int USUAL_COMMIT_PACKS = 64;

    static final int FILES_PER_FOLDER = 100;

    private static final int PACK_BYTES = 8_732_672;
    private static final int PACK_HEADER_BYTES = 88;

    /** What the chunks of a full pack come to, so that directory and seals fit beside them. */
    private static final int PACKED_BYTES = 8_000_000;

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final WriterId WRITER = WriterId.random(new Random(11));
    private static final TargetId TARGET = new TargetId("discord:1234567890123456789");

    static RelativePath path(int file) {
        return RelativePath.of("album-" + file / FILES_PER_FOLDER).resolve("photo-" + file + ".jpeg");
    }

    static ChunkId chunk(int number) {
        return ChunkId.of(bytes(number));
    }

    /** A chunk that none of the files has. */
    static ChunkId unknownChunk(int number) {
        return ChunkId.of(bytes(-1L - number));
    }

    /** Records them all. Returns in how many commits. */
    int record(Catalog catalog) {
        int commits = 0;
        int packs = 0;
        for (int file = 0; file < files; file++) {
            while ((long) packs * packChunks < firstChunk(file + 1)) {
                recordPack(catalog, packs);
                packs++;
            }
            if (file % FILES_PER_FOLDER == 0) {
                recordVersion(catalog, path(file).parent(), VersionKind.FOLDER, List.of());
            }
            recordVersion(catalog, path(file), VersionKind.FILE, chunksOf(file));
            if (packs >= (long) (commits + 1) * commitPacks || file == files - 1) {
                commits++;
                catalog.commits().assign(commits);
                catalog.flush();
            }
        }
        return commits;
    }

    private int firstChunk(int file) {
        return (int) ((long) file * chunks / files);
    }

    private List<ChunkId> chunksOf(int file) {
        List<ChunkId> ids = new ArrayList<>();
        for (int number = firstChunk(file); number < firstChunk(file + 1); number++) {
            ids.add(chunk(number));
        }
        return ids;
    }

    private int encodedChunkBytes() {
        return PACKED_BYTES / packChunks;
    }

    /** One that compression took a fifth of. */
    private int chunkBytes() {
        return encodedChunkBytes() / 4 * 5;
    }

    private void recordVersion(Catalog catalog, RelativePath path, VersionKind kind, List<ChunkId> ids) {
        boolean file = kind == VersionKind.FILE;
        SplittableRandom random = new SplittableRandom(path.hashCode());
        Version version = new Version(
                path,
                kind,
                (long) ids.size() * chunkBytes(),
                NOON.plusNanos(random.nextLong(Long.MAX_VALUE) >>> 8),
                file ? 0644 : 0755,
                file ? Optional.of(Sha256.of(bytes(path.hashCode()))) : Optional.empty(),
                Optional.empty(),
                Version.UNCOMMITTED,
                WRITER);
        catalog.versions().record(version, ChunkList.of(ids), OptionalLong.of(random.nextLong()));
    }

    private void recordPack(Catalog catalog, int number) {
        List<PackEntry> entries = new ArrayList<>();
        int first = number * packChunks;
        int offset = PACK_HEADER_BYTES;
        for (int i = 0; i < Math.min(packChunks, chunks - first); i++) {
            PackEntry entry =
                    new PackEntry(i, chunk(first + i), CodecId.ZSTD, chunkBytes(), encodedChunkBytes(), offset);
            entries.add(entry);
            offset += entry.sealedLength(Suite.AES_256_GCM);
        }
        PackDirectory directory = new PackDirectory(
                PackId.of(bytes(Long.MIN_VALUE + number)), PackKind.DATA, Suite.AES_256_GCM, PACK_BYTES, entries);
        String address = (1_200_000_000_000_000_000L + number) + "/" + (1_300_000_000_000_000_000L + number);
        catalog.packs().record(directory, List.of(new StoredCopy(TARGET, new BlobAddress(address))));
    }

    /** 32 bytes without a pattern, the same for each number. */
    private static byte[] bytes(long number) {
        SplittableRandom random = new SplittableRandom(number * 0x9E3779B97F4A7C15L);
        ByteBuffer bytes = ByteBuffer.allocate(ChunkId.BYTES);
        while (bytes.hasRemaining()) {
            bytes.putLong(random.nextLong());
        }
        return bytes.array();
    }
}
