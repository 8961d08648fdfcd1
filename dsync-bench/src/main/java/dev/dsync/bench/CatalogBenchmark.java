package dev.dsync.bench;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogProvider;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.Versions;
import dev.dsync.chunk.ChunkId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** Questions to a catalog of 100,000 files: what a sync and a listing ask, one operation a question. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CatalogBenchmark {

    private static final int FILES = 100_000;

    /** Files of two kilobytes. */
    private static final int PACK_CHUNKS = 4000;

    private final Random random = new Random(9);
    private final ChunkId unknown = ManyFiles.unknownChunk(10);
    private Path folder;
    private Catalog catalog;

    @Setup
    public void prepare() throws IOException {
        folder = Files.createTempDirectory("dsync-bench");
        catalog = ServiceLoader.load(CatalogProvider.class)
                .findFirst()
                .orElseThrow()
                .open(folder);
        new ManyFiles(FILES, FILES, PACK_CHUNKS, ManyFiles.USUAL_COMMIT_PACKS).record(catalog);
    }

    @TearDown
    public void remove() throws IOException {
        catalog.close();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(CatalogBenchmark::delete);
        }
        Files.delete(folder);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public boolean holdsKnownChunk() {
        return catalog.packs().holds(ManyFiles.chunk(random.nextInt(FILES)));
    }

    @Benchmark
    public boolean holdsNewChunk() {
        return catalog.packs().holds(unknown);
    }

    @Benchmark
    public List<Packs.ChunkPlace> locate() {
        return catalog.packs().locate(ManyFiles.chunk(random.nextInt(FILES)));
    }

    @Benchmark
    public Optional<Versions.Known> newestOfPath() {
        return catalog.versions().newest(ManyFiles.path(random.nextInt(FILES)));
    }

    @Benchmark
    public Map<String, Versions.Known> listFolder() {
        return catalog.versions().children(ManyFiles.path(random.nextInt(FILES)).parent());
    }
}
