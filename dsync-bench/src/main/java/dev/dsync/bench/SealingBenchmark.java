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
 * Gathering 32 chunks in packs and sealing them, each opened again and compared with what went in, beside the bare
 * cipher doing as much. 1 op/s is 34.6 MB/s.
 *
 * <p>Both sides do the same work on the same bytes: messages of 8 KiB, each sealed and opened once; and both keep what
 * they seal in new memory, a pack's worth at a time. What packs have besides is what is measured: their keys, names and
 * directories, the comparison. The chunks leave 1 % of a pack empty, as packs of files do. {@link
 * #bareSealAndOpenInCache} keeps nothing: all but the plain bytes stays in the cache next to the core. The machine has the
 * collector of {@code ./dsync}, and so much room for new objects that what is measured is not when it collects them; five of
 * them, because compilers do not come to the same result each time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 6, time = 1)
@Fork(
        value = 5,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmn800m"})
public class SealingBenchmark {

    private static final int CHUNK_BYTES = 1_080_000;
    private static final int CHUNKS = 32;
    private static final int PACK_CHUNKS = PackFormat.DEFAULT_PACK_SIZE / CHUNK_BYTES;

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
    public int bareSealAndOpen() {
        int kept = 0;
        for (int i = 0; i < CHUNKS; i += PACK_CHUNKS) {
            byte[] pack = new byte[PackFormat.DEFAULT_PACK_SIZE];
            for (int j = 0; j < PACK_CHUNKS; j++) {
                bare.sealAndOpen(content, 0, CHUNK_BYTES, pack, j * BareAesGcm.sealedLength(CHUNK_BYTES));
            }
            kept += pack[0];
        }
        return kept;
    }

    @Benchmark
    public void bareSealAndOpenInCache() {
        for (int i = 0; i < CHUNKS; i++) {
            bare.sealAndOpen(content, 0, CHUNK_BYTES);
        }
    }

    @Benchmark
    public void bareSeal() {
        for (int i = 0; i < CHUNKS; i++) {
            bare.seal(content, 0, CHUNK_BYTES);
        }
    }
}
