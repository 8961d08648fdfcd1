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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Fills a catalog with small files, 100 a folder, one chunk each, 4,000 chunks a pack. */
final class ManyFiles {

    private static final int FILES_PER_FOLDER = 100;
    private static final int CHUNKS_PER_PACK = 4000;
    private static final int CHUNK_BYTES = 2048;
    private static final int PACK_HEADER_BYTES = 88;
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final Catalog catalog;
    private final Random random = new Random(11);
    private final WriterId writer = WriterId.random(random);

    ManyFiles(Catalog catalog) {
        this.catalog = catalog;
    }

    static RelativePath path(int file) {
        return RelativePath.of("album-" + file / FILES_PER_FOLDER).resolve("photo-" + file + ".jpeg");
    }

    /** Records so many files, and names their chunks. */
    List<ChunkId> record(int files) {
        List<ChunkId> chunks = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            if (file % CHUNKS_PER_PACK == 0) {
                chunks.addAll(recordPack());
            }
            if (file % FILES_PER_FOLDER == 0) {
                recordVersion(path(file).parent(), VersionKind.FOLDER, ChunkList.EMPTY);
            }
            recordVersion(path(file), VersionKind.FILE, ChunkList.of(List.of(chunks.get(file))));
        }
        catalog.commits().assign(1);
        catalog.flush();
        return chunks;
    }

    private void recordVersion(RelativePath path, VersionKind kind, ChunkList chunks) {
        boolean file = kind == VersionKind.FILE;
        Version version = new Version(
                path,
                kind,
                file ? CHUNK_BYTES : 0,
                NOON,
                file ? 0644 : 0755,
                file ? Optional.of(Sha256.of(bytes())) : Optional.empty(),
                Optional.empty(),
                Version.UNCOMMITTED,
                writer);
        catalog.versions().record(version, chunks, OptionalLong.of(random.nextLong()));
    }

    private List<ChunkId> recordPack() {
        List<PackEntry> entries = new ArrayList<>();
        int offset = PACK_HEADER_BYTES;
        for (int i = 0; i < CHUNKS_PER_PACK; i++) {
            PackEntry entry = new PackEntry(i, ChunkId.of(bytes()), CodecId.ZSTD, CHUNK_BYTES, CHUNK_BYTES / 2, offset);
            entries.add(entry);
            offset += entry.sealedLength(Suite.AES_256_GCM);
        }
        PackDirectory directory =
                new PackDirectory(PackId.of(bytes()), PackKind.DATA, Suite.AES_256_GCM, offset + 200_000, entries);
        catalog.packs()
                .record(
                        directory,
                        List.of(new StoredCopy(new TargetId("memory:a"), new BlobAddress("pack-" + offset))));
        return entries.stream().map(PackEntry::id).toList();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }
}
