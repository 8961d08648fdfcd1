package dev.dsync.pipeline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.MemoryCatalog;
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
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkStartsTest {

    private final MemoryCatalog catalog = new MemoryCatalog();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyOffsetIsFoundInItsChunk(long seed) throws Exception {
        Random random = new Random(seed);
        int[] lengths = IntStream.range(0, 1 + random.nextInt(30))
                .map(i -> 1 + random.nextInt(9))
                .toArray();
        ChunkList chunks = record(lengths);
        long size = IntStream.of(lengths).sum();
        ChunkStarts starts = new ChunkStarts(file(size), chunks, catalog.packs());
        for (int question = 0; question < 100; question++) {
            long offset = random.nextLong(size);
            int found = starts.at(offset);
            long start = IntStream.of(lengths).limit(found).sum();
            assertThat(starts.start(found))
                    .as("start of the chunk at %d", offset)
                    .isEqualTo(start);
            assertThat(starts.start(found + 1)).isEqualTo(start + lengths[found]);
            assertThat(offset).isBetween(start, start + lengths[found] - 1);
        }
    }

    @Test
    void onlyTheNearerEndIsLookedAt() throws Exception {
        int[] lengths = IntStream.range(0, 100).map(i -> 10).toArray();
        List<ChunkId> chunks = new ArrayList<>(record(lengths));
        chunks.set(50, id(1_000_000));
        ChunkStarts starts = new ChunkStarts(file(1000), ChunkList.of(chunks), catalog.packs());
        assertThat(starts.at(999)).isEqualTo(99);
        assertThat(starts.at(550)).isEqualTo(55);
        assertThat(starts.at(0)).isZero();
        assertThat(starts.at(45)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 29, 31, 100})
    void chunksThatDoNotAddUpToTheSizeAreDamage(long size) throws Exception {
        ChunkStarts starts = new ChunkStarts(file(size), record(10, 10, 10), catalog.packs());
        assertThatThrownBy(() -> {
                    for (long offset = 0; offset < size; offset++) {
                        int chunk = starts.at(offset);
                        if (starts.start(chunk + 1) - starts.start(chunk) != 10) {
                            throw new DamagedVaultException("a: the reader finds chunk " + chunk + " too long", null);
                        }
                    }
                })
                .isInstanceOf(DamagedVaultException.class)
                .hasMessageContaining("a: ");
    }

    private ChunkList record(int... lengths) {
        List<PackEntry> entries = new ArrayList<>();
        int offset = 88;
        for (int i = 0; i < lengths.length; i++) {
            entries.add(new PackEntry(i, id(i), CodecId.RAW, lengths[i], lengths[i], offset));
            offset += lengths[i];
        }
        PackId pack = PackId.of(new byte[32]);
        catalog.packs()
                .record(
                        new PackDirectory(pack, PackKind.DATA, Suite.NONE, 10_000, entries),
                        List.of(new StoredCopy(new TargetId("memory:a"), new BlobAddress("1"))));
        return ChunkList.of(entries.stream().map(PackEntry::id).toList());
    }

    private static ChunkId id(int number) {
        return ChunkId.of(ByteBuffer.allocate(ChunkId.BYTES).putInt(number).array());
    }

    private static Version file(long size) {
        return new Version(
                RelativePath.of("a"),
                VersionKind.FILE,
                size,
                Instant.EPOCH,
                0644,
                Optional.of(Sha256.of(new byte[32])),
                Optional.empty(),
                1,
                new WriterId("0123456789abcdef"));
    }
}
