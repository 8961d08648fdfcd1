package dev.dsync.bench;

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
 * cipher doing as much: {@link SealingWork}. 1 op/s is 34.6 MB/s. The machine has the collector of {@code ./dsync}, and so
 * much room for new objects that what is measured is not when it collects them. Its compiler is done with all of this
 * only after some seconds. On a machine that others use too, {@link SealingRun} tells more: it takes both in turns.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xmn800m"})
public class SealingBenchmark {

    private SealingWork work;

    @Setup
    public void prepare() {
        work = new SealingWork();
    }

    @TearDown
    public void forget() {
        work.close();
    }

    @Benchmark
    public long sealAndVerifyPacks() {
        return work.sealAndVerifyPacks();
    }

    @Benchmark
    public int bareSealAndOpen() {
        return work.bareSealAndOpen();
    }

    @Benchmark
    public void bareSealAndOpenInCache() {
        work.bareSealAndOpenInCache();
    }

    @Benchmark
    public void bareSeal() {
        work.bareSeal();
    }
}
