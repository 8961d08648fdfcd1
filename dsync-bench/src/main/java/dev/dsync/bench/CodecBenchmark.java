package dev.dsync.bench;

import dev.dsync.codec.Codec;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.CorruptChunkException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Encoding and decoding a chunk of 1 MiB of text. 1 op/s is 1.05 MB/s of plain bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

    private static final int BYTES = 1 << 20;

    @Param({"zstd", "zlib"})
    public String codec = "zstd";

    private Codec measured;
    private ByteBuffer plain;
    private ByteBuffer encoded;

    @Setup
    public void prepare() {
        measured = Samples.codec(codec.equals("zstd") ? CodecId.ZSTD : CodecId.ZLIB);
        plain = ByteBuffer.wrap(Samples.text(BYTES, 3));
        encoded = measured.encode(plain);
    }

    @Benchmark
    public ByteBuffer encode() {
        return measured.encode(plain);
    }

    @Benchmark
    public ByteBuffer decode() throws CorruptChunkException {
        return measured.decode(encoded, BYTES);
    }
}
