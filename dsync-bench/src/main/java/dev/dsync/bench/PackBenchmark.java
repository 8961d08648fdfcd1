package dev.dsync.bench;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.key.VaultKey;
import dev.dsync.pack.DamagedPackException;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackKeys;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.PackReader;
import dev.dsync.pack.PackSource;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.openjdk.jmh.infra.Blackhole;

/** Reading one pack that holds 3,000 chunks of 2 KiB, as many small files make it: its directory, and every chunk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PackBenchmark {

    private static final int CHUNKS = 3000;
    private static final int CHUNK_BYTES = 2048;

    private VaultKey key;
    private PackKeys keys;
    private ByteBuffer bytes;
    private PackDirectory directory;

    @Setup
    public void prepare() {
        key = Samples.key();
        keys = PackKeys.of(key);
        byte[] content = Samples.noise(CHUNK_BYTES, 7);
        try (ByteBudget budget = new ByteBudget(ByteBudget.DEFAULT_BYTES, ByteBudget.DEFAULT_BYTES / 10);
                PackAssembler packs = new PackAssembler(
                        PackKind.DATA, Suite.AES_256_GCM, PackFormat.DEFAULT_PACK_SIZE, keys, budget, new Random(8))) {
            for (int i = 0; i < CHUNKS; i++) {
                packs.add(Samples.rawChunk(content, i));
            }
            try (SealedPack pack = packs.finish().get(0)) {
                directory = pack.directory();
                bytes = ByteBuffer.allocate(pack.size()).put(pack.bytes()).flip();
            }
        }
    }

    @TearDown
    public void forget() {
        keys.close();
        key.close();
    }

    @Benchmark
    public PackDirectory readDirectory() throws IOException {
        return PackReader.readDirectory(keys, PackSource.of(bytes));
    }

    @Benchmark
    public void openEveryChunk(Blackhole sink) throws DamagedPackException {
        try (PackReader reader = new PackReader(keys, directory.id(), directory.kind(), directory.suite())) {
            for (PackEntry entry : directory.entries()) {
                sink.consume(
                        reader.openChunk(entry, bytes.slice(entry.offset(), entry.sealedLength(directory.suite()))));
            }
        }
    }
}
