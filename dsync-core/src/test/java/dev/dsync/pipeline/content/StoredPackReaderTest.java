package dev.dsync.pipeline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.ChunkNamer;
import dev.dsync.chunk.FixedSizeChunker;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.Codecs;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.key.KeyFile;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.PackReader;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.Seals;
import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.PoolSettings;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.RunningTime;
import dev.dsync.vault.TestTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredPackReaderTest {

    private static final int CHUNK_BYTES = 20_000;

    @TempDir
    private Path folder;

    private VaultParts parts;

    @BeforeEach
    void open() throws Exception {
        TestTime time = new TestTime();
        Random random = new Random(1);
        TargetPool noTargets = new TargetPool(List.of(), PoolSettings.PLAIN, PoolListener.SILENT, time, time, random);
        try (VaultKey key = new KeyFile(folder.resolve("key")).create(random)) {
            parts = new VaultParts(
                    new Seals(key),
                    new MemoryCatalog(),
                    noTargets,
                    new FixedSizeChunker(CHUNK_BYTES),
                    new Codecs(),
                    VaultParts.LEAST_MEMORY,
                    Set.of(),
                    new SuspectCopies(folder.resolve("suspects"), new Random(1)),
                    notice -> {},
                    folder,
                    time,
                    RunningTime.REAL,
                    random,
                    1);
        }
    }

    @AfterEach
    void close() throws Exception {
        parts.pool().close();
        parts.seals().close();
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void soundChunkOpens(Suite suite) throws Exception {
        ByteBuffer content = content();
        SealedPack pack = pack(suite, names(suite).name(content));
        assertThat(open(pack, pack.bytes())).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void contentWithAnotherIdThanRecordedIsRefused(Suite suite) throws Exception {
        SealedPack pack = pack(suite, names(suite).name(ByteBuffer.allocate(1)));
        assertThatThrownBy(() -> open(pack, pack.bytes())).isInstanceOf(CorruptChunkException.class);
    }

    @Test
    void chunksThatLiePlainAreGuardedByTheirIds() throws Exception {
        SealedPack pack = pack(Suite.NONE, names(Suite.NONE).name(content()));
        ByteBuffer spoilt = ByteBuffer.allocate(pack.size()).put(pack.bytes()).flip();
        int at = pack.entries().get(0).offset() + 5;
        spoilt.put(at, (byte) (spoilt.get(at) ^ 1));
        assertThatThrownBy(() -> open(pack, spoilt)).isInstanceOf(CorruptChunkException.class);
    }

    @Test
    void chunkBeyondWhatWasReadIsRefused() throws Exception {
        SealedPack pack = pack(Suite.AES_256_GCM, names(Suite.AES_256_GCM).name(content()));
        assertThatThrownBy(() -> open(pack, pack.bytes().limit(CHUNK_BYTES)))
                .isInstanceOf(CorruptChunkException.class)
                .hasMessageContaining(String.valueOf(CHUNK_BYTES));
    }

    private ByteBuffer open(SealedPack pack, ByteBuffer bytes) throws Exception {
        StoredPackReader reader = new StoredPackReader(parts);
        PackEntry entry = pack.entries().get(0);
        try (PackReader opener = reader.opener(pack.directory())) {
            return reader.open(opener, pack.suite(), entry, bytes, 0);
        }
    }

    private SealedPack pack(Suite suite, ChunkId id) throws Exception {
        try (PackAssembler assembler = new PackAssembler(
                PackKind.DATA,
                suite,
                PackFormat.MIN_PACK_SIZE,
                parts.seals().packs(),
                new ByteBudget(ByteBudget.DEFAULT_BYTES, PackFormat.MAX_CHUNK_BYTES),
                parts.random())) {
            assertThat(assembler.add(new EncodedChunk(id, CodecId.RAW, CHUNK_BYTES, content(), Lease.none())))
                    .isEmpty();
            return assembler.finish().get(0);
        }
    }

    private ChunkNamer names(Suite suite) {
        return parts.seals().chunkNames(suite);
    }

    private static ByteBuffer content() {
        return ByteBuffer.wrap("x".repeat(CHUNK_BYTES).getBytes(StandardCharsets.US_ASCII));
    }
}
