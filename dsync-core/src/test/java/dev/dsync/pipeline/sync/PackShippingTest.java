package dev.dsync.pipeline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.FixedSizeChunker;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.Codecs;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.key.KeyFile;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.Seals;
import dev.dsync.pipeline.parts.SuspectCopies;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.PoolSettings;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.RunningTime;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestTime;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PackShippingTest {

    @TempDir
    private Path folder;

    private final FaultyBackend target =
            new FaultyBackend(new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20)));
    private final CountDownLatch wentOn = new CountDownLatch(1);
    private final AtomicReference<Throwable> heard = new AtomicReference<>();
    private VaultParts parts;

    @BeforeEach
    void open() throws Exception {
        TestTime time = new TestTime();
        Random random = new Random(1);
        try (VaultKey key = new KeyFile(folder.resolve("key")).create(random)) {
            parts = new VaultParts(
                    new Seals(key),
                    new MemoryCatalog(),
                    new TargetPool(List.of(target), PoolSettings.PLAIN, PoolListener.SILENT, time, time, random),
                    new FixedSizeChunker(1000),
                    new Codecs(),
                    VaultParts.LEAST_MEMORY,
                    Set.of(),
                    new SuspectCopies(folder.resolve("suspects"), random),
                    notice -> {},
                    folder.resolve("spool"),
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

    /** Hears slowly: as slowly as whoever waits for the packs lets it. */
    private PackShipping shipping(Runnable onStored) {
        return new PackShipping(parts, 1, new PackShipping.Listener() {
            @Override
            public void stored(SealedPack pack, ByteBuffer bytes, List<StoredCopy> copies) {
                onStored.run();
            }

            @Override
            public void failed(Throwable cause) {
                try {
                    if (!wentOn.await(200, TimeUnit.MILLISECONDS)) {
                        heard.set(cause);
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        });
    }

    private SealedPack pack() throws Exception {
        PackAssembler assembler = new PackAssembler(
                PackKind.DATA,
                Suite.AES_256_GCM,
                PackFormat.MIN_PACK_SIZE,
                parts.seals().packs(),
                parts.newBudget(),
                parts.random());
        ByteBuffer content = ByteBuffer.wrap("content".getBytes());
        ChunkId id = parts.seals().chunkNames().name(content);
        assembler.add(new EncodedChunk(id, CodecId.RAW, content.remaining(), content, Lease.none()));
        return assembler.finish().get(0);
    }

    @Test
    void nobodyGoesOnBeforeAFailureIsKnown() throws Exception {
        target.always(FaultyBackend.Fault.BLOCKED);
        PackShipping shipping = shipping(() -> {});
        shipping.ship(pack());
        shipping.await();
        wentOn.countDown();
        assertThat(heard.get()).isInstanceOf(TargetBlockedException.class);
    }

    @Test
    void aPackThatCannotBeRecordedIsAFailure() throws Exception {
        PackShipping shipping = shipping(() -> {
            throw new OutOfMemoryError("scripted");
        });
        shipping.ship(pack());
        shipping.await();
        wentOn.countDown();
        assertThat(heard.get()).isInstanceOf(OutOfMemoryError.class);
    }
}
