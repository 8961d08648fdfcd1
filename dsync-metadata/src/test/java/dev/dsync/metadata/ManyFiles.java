package dev.dsync.metadata;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogSamples;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Fills a catalog as the first sync of many small files would: pack after pack of new chunks, a file a chunk, in tree
 * order, a commit every few packs.
 */
final class ManyFiles {

    /** Folders nest in threes: ten, ten in each, and so on, with this many files in the innermost. */
    private static final int FILES_PER_FOLDER = 25;

    private static final int CHUNKS_PER_PACK = 4000;
    private static final int PACKS_PER_COMMIT = 2;
    private static final int CHUNK_BYTES = 2048;
    private static final int PACK_HEADER_BYTES = 88;

    private final Catalog catalog;
    private final Random random = new Random(20261122);
    private final List<ChunkId> chunks = new ArrayList<>();
    private long commits;
    private RelativePath folder = RelativePath.ROOT;

    ManyFiles(Catalog catalog) {
        this.catalog = catalog;
    }

    void record(int files) {
        for (int recorded = 0; recorded < files; recorded += CHUNKS_PER_PACK) {
            List<ChunkId> pack = recordPack();
            int most = Math.min(files - recorded, CHUNKS_PER_PACK);
            for (int i = 0; i < most; i++) {
                recordFile(recorded + i, pack.get(i));
            }
            if (recorded / CHUNKS_PER_PACK % PACKS_PER_COMMIT == 0) {
                commit();
            }
        }
        commit();
    }

    /** All chunks recorded so far. */
    List<ChunkId> chunks() {
        return chunks;
    }

    long commits() {
        return commits;
    }

    static RelativePath path(int file) {
        return folder(file / FILES_PER_FOLDER).resolve(String.format("holiday-%05d.jpeg", file));
    }

    static RelativePath folder(int number) {
        return RelativePath.of(String.format("album-%02d/year-%d/trip-%04d", number / 1000, number / 100 % 10, number));
    }

    private void recordFile(int file, ChunkId chunk) {
        RelativePath path = path(file);
        if (!path.parent().equals(folder)) {
            folder = path.parent();
            recordFolder(folder);
        }
        Version version = new Version(
                path,
                VersionKind.FILE,
                CHUNK_BYTES,
                CatalogSamples.NOON.plusNanos(random.nextLong() >>> 8),
                0644,
                Optional.of(Sha256.of(bytes())),
                Optional.empty(),
                Version.UNCOMMITTED,
                CatalogSamples.WRITER);
        catalog.versions().record(version, ChunkList.of(List.of(chunk)), OptionalLong.of(random.nextLong()));
    }

    private void recordFolder(RelativePath path) {
        if (!path.isRoot() && catalog.versions().newest(path).isEmpty()) {
            recordFolder(path.parent());
            catalog.versions().record(CatalogSamples.folder(path.value()), ChunkList.EMPTY, OptionalLong.empty());
        }
    }

    private List<ChunkId> recordPack() {
        List<PackEntry> entries = new ArrayList<>();
        int offset = PACK_HEADER_BYTES;
        for (int i = 0; i < CHUNKS_PER_PACK; i++) {
            int encoded = 1000 + random.nextInt(1000);
            PackEntry entry = new PackEntry(i, ChunkId.of(bytes()), CodecId.ZSTD, CHUNK_BYTES, encoded, offset);
            entries.add(entry);
            offset += entry.sealedLength(Suite.AES_256_GCM);
        }
        PackDirectory directory =
                new PackDirectory(PackId.of(bytes()), PackKind.DATA, Suite.AES_256_GCM, 8_732_672, entries);
        catalog.packs()
                .record(
                        directory,
                        List.of(new StoredCopy(
                                CatalogSamples.OTHER_TARGET,
                                new BlobAddress("1234567890123456789/1234567890123456789"))));
        List<ChunkId> recorded = entries.stream().map(PackEntry::id).toList();
        chunks.addAll(recorded);
        return recorded;
    }

    private void commit() {
        if (catalog.commits().hasUncommitted()) {
            commits++;
            catalog.commits().assign(commits);
            catalog.commits().setHead(CatalogSamples.head(commits));
            catalog.flush();
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
