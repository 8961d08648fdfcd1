package dev.dsync.bench;

import dev.dsync.chunk.Chunker;
import dev.dsync.chunk.FastCdcChunker;
import dev.dsync.key.Purpose;
import dev.dsync.key.SecretBytes;
import java.nio.ByteBuffer;
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
import org.openjdk.jmh.annotations.Warmup;

/** Finding where 64 MiB are cut, on one core. An operation is one run over all of it: 1 op/s is 67.1 MB/s. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChunkerBenchmark {

    private static final int BYTES = 64 << 20;

    private Chunker chunker;
    private ByteBuffer content;

    @Setup
    public void prepare() {
        SecretBytes gear = Samples.key().subkey(Purpose.GEAR);
        chunker = FastCdcChunker.keyed(gear);
        content = ByteBuffer.wrap(Samples.noise(BYTES, 2));
    }

    @Benchmark
    public int fastCdc() {
        int chunks = 0;
        ByteBuffer rest = content.duplicate();
        while (rest.hasRemaining()) {
            rest.position(rest.position() + chunker.cut(rest));
            chunks++;
        }
        return chunks;
    }
}
