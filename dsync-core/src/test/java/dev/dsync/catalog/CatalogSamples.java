package dev.dsync.catalog;

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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Paths, versions, chunks and packs to fill a catalog with, the same in every run. */
public final class CatalogSamples {

    public static final WriterId WRITER = new WriterId("00000000000000aa");
    public static final WriterId OTHER_WRITER = new WriterId("ff000000000000bb");
    public static final TargetId TARGET = new TargetId("file:one");
    public static final TargetId OTHER_TARGET = new TargetId("discord:two");
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456789Z");
    public static final OptionalLong UNSEEN = OptionalLong.empty();

    private static final int PACK_HEADER_BYTES = 88;

    private CatalogSamples() {}

    public static RelativePath path(String value) {
        return RelativePath.of(value);
    }

    public static Sha256 digest(long seed) {
        return Sha256.of(hash("digest", seed));
    }

    public static ChunkId chunk(long seed) {
        return ChunkId.of(hash("chunk", seed));
    }

    public static ChunkList chunks(long... seeds) {
        return ChunkList.of(LongStream.of(seeds).mapToObj(CatalogSamples::chunk).toList());
    }

    public static PackId pack(long seed) {
        return PackId.of(hash("pack", seed));
    }

    /** An uncommitted version of a file, whose content depends on the seed. */
    public static Version file(String path, long seed) {
        return new Version(
                path(path),
                VersionKind.FILE,
                1000 + seed,
                NOON.plusSeconds(seed),
                0644,
                Optional.of(digest(seed)),
                Optional.empty(),
                Version.UNCOMMITTED,
                WRITER);
    }

    /** The same as {@link #file}, in the classic layout. */
    public static Version classicFile(String path, long seed) {
        return file(path, seed).as(ContentLayout.classic(true, true));
    }

    public static Version folder(String path) {
        return contentless(path, VersionKind.FOLDER, 0755, Optional.empty());
    }

    public static Version link(String path, String text) {
        return contentless(path, VersionKind.SYMLINK, 0777, Optional.of(text));
    }

    public static Version deleted(String path) {
        return contentless(path, VersionKind.DELETED, 0, Optional.empty());
    }

    private static Version contentless(String path, VersionKind kind, int mode, Optional<String> link) {
        return new Version(path(path), kind, 0, NOON, mode, Optional.empty(), link, Version.UNCOMMITTED, WRITER);
    }

    /** The same version as another writer has it. */
    public static Version by(WriterId writer, Version version) {
        return new Version(
                version.path(),
                version.kind(),
                version.size(),
                version.modified(),
                version.mode(),
                version.sha256(),
                version.link(),
                version.sequence(),
                writer);
    }

    /** A data pack with these chunks, of 1000 bytes each, 500 when encoded. */
    public static PackDirectory dataPack(long seed, long... chunkSeeds) {
        return directory(seed, PackKind.DATA, chunkSeeds);
    }

    public static PackDirectory directory(long seed, PackKind kind, long... chunkSeeds) {
        List<PackEntry> entries = new ArrayList<>();
        int offset = PACK_HEADER_BYTES;
        for (long chunk : chunkSeeds) {
            PackEntry entry = new PackEntry(entries.size(), chunk(chunk), CodecId.ZSTD, 1000, 500, offset);
            entries.add(entry);
            offset += entry.sealedLength(Suite.AES_256_GCM);
        }
        return new PackDirectory(pack(seed), kind, Suite.AES_256_GCM, offset + 100, entries);
    }

    /** A classic part. */
    public static PackDirectory classicPart(long seed, long chunkSeed, int size) {
        return PackDirectory.ofClassicPart(pack(seed), chunk(chunkSeed), size);
    }

    /** A copy on each target. */
    public static List<StoredCopy> copies(TargetId... targets) {
        return Stream.of(targets)
                .map(target -> new StoredCopy(target, new BlobAddress("at/" + target.kind())))
                .toList();
    }

    public static CommitInfo commit(long sequence, WriterId writer) {
        return new CommitInfo(sequence, writer, NOON.plusSeconds(sequence), digest(sequence * 2 + writer.bits()));
    }

    public static CommitLog.Head head(long sequence) {
        return new CommitLog.Head(
                commit(sequence, WRITER),
                Bytes.of(new byte[] {1, (byte) sequence}),
                Bytes.of(new byte[] {2, (byte) sequence}));
    }

    /** All that a cursor gives; closes it. */
    public static <T> List<T> all(Cursor<T> cursor) {
        try (cursor) {
            List<T> all = new ArrayList<>();
            for (Iterator<T> items = cursor; items.hasNext(); ) {
                all.add(items.next());
            }
            return all;
        }
    }

    private static byte[] hash(String kind, long seed) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(kind.getBytes(StandardCharsets.US_ASCII));
            return sha.digest(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
