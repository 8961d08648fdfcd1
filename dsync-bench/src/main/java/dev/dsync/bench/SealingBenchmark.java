package dev.dsync.bench;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKeys;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Gathering 32 chunks of 1 MiB in packs and sealing them, each opened again and compared with what went in, beside the
 * bare cipher doing as much. 1 op/s is 33.6 MB/s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SealingBenchmark {

    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNKS = 32;

    private final BareAesGcm bare = new BareAesGcm();
    private final Random random = new Random(5);
    private final byte[] content = Samples.noise(CHUNK_BYTES, 6);
    private VaultKey key;
    private PackKeys keys;

    @Setup
    public void prepare() {
        key = Samples.key();
        keys = PackKeys.of(key);
    }

    @TearDown
    public void forget() {
        keys.close();
        key.close();
    }

    @Benchmark
    public long sealAndVerifyPacks() {
        long bytes = 0;
        try (ByteBudget budget = new ByteBudget(ByteBudget.DEFAULT_BYTES, ByteBudget.DEFAULT_BYTES / 10);
                PackAssembler packs = new PackAssembler(
                        PackKind.DATA, Suite.AES_256_GCM, PackFormat.DEFAULT_PACK_SIZE, keys, budget, random)) {
            for (int i = 0; i < CHUNKS; i++) {
                bytes += drop(packs.add(Samples.rawChunk(content, i)));
            }
            return bytes + drop(packs.finish());
        }
    }

    private static long drop(Iterable<SealedPack> packs) {
        long bytes = 0;
        for (SealedPack pack : packs) {
            bytes += pack.size();
            pack.close();
        }
        return bytes;
    }

    @Benchmark
    public void bareSealAndOpen() {
        for (int i = 0; i < CHUNKS; i++) {
            bare.seal(content, 0, CHUNK_BYTES, true);
        }
    }

    @Benchmark
    public void bareSeal() {
        for (int i = 0; i < CHUNKS; i++) {
            bare.seal(content, 0, CHUNK_BYTES, false);
        }
    }
}
