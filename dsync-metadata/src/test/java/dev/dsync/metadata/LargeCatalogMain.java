package dev.dsync.metadata;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogSamples;
import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ReadPlan;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.chunk.ChunkId;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Measures a large catalog. Arguments: how many files (200,000 unless given) and a folder that does not exist yet. Run it
 * with a small heap (-Xmx64m) to see that memory stays bounded.
 */
final class LargeCatalogMain {

    private final PrintStream out;
    private final int files;
    private final Path folder;

    private LargeCatalogMain(PrintStream out, int files, Path folder) {
        this.out = out;
        this.files = files;
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        Path folder = arguments.length > 1 ? Path.of(arguments[1]) : Files.createTempDirectory("catalog");
        new LargeCatalogMain(System.out, files, folder).run();
    }

    private void run() throws IOException {
        List<ChunkId> chunks;
        long commits;
        try (SqliteCatalog catalog = SqliteCatalog.open(folder)) {
            ManyFiles many = new ManyFiles(catalog);
            rate("files recorded, with chunks and commits", files, count -> many.record(count));
            chunks = many.chunks();
            commits = many.commits();
        }
        out.printf(Locale.ROOT, "%,.1f bytes a file%n", Files.size(folder.resolve("catalog.db")) / (double) files);
        try (SqliteCatalog catalog = SqliteCatalog.open(folder)) {
            look(catalog, chunks, commits);
            plan(catalog, chunks);
            change(catalog, commits);
        }
    }

    private void look(Catalog catalog, List<ChunkId> chunks, long commits) {
        Random random = new Random(1);
        rate("chunks held, asked at random", Math.min(files, 500_000), count -> {
            for (int i = 0; i < count; i++) {
                require(catalog.packs().holds(chunks.get(random.nextInt(chunks.size()))));
            }
        });
        rate("chunks not held", Math.min(files, 500_000), count -> {
            for (int i = 0; i < count; i++) {
                require(!catalog.packs().holds(CatalogSamples.chunk(i)));
            }
        });
        rate("folders of 25 listed", files / 25, count -> {
            for (int i = 0; i < count; i++) {
                require(catalog.versions().children(ManyFiles.folder(i)).size() == 25);
            }
        });
        rate("paths found", Math.min(files, 500_000), count -> {
            for (int i = 0; i < count; i++) {
                require(catalog.versions()
                        .newest(ManyFiles.path(random.nextInt(files)))
                        .isPresent());
            }
        });
        rate("live paths walked", files, count -> {
            require(length(catalog.versions().liveBelow(CatalogSamples.path(""))) >= count);
        });
        rate("paths of the tree walked", files, count -> {
            require(length(catalog.versions().tree(CatalogSamples.path(""), Version.UNCOMMITTED, Scope.LIVE)) >= count);
        });
        rate("records of all commits", files, count -> {
            require(length(catalog.commits().records(0, commits)) > count);
        });
        rate(
                "records of the last commit (in files)",
                1,
                count -> length(catalog.commits().records(commits - 1, commits)));
        rate(
                "totals",
                1,
                count -> require(catalog.versions().totals().files() == files
                        && catalog.packs().totals().packs() > 0));
    }

    private void plan(Catalog catalog, List<ChunkId> chunks) {
        try (ReadPlan plan = catalog.packs().plan()) {
            rate("chunks planned in random order", Math.min(files, 500_000), count -> {
                Random random = new Random(1);
                for (int i = 0; i < count; i++) {
                    ChunkId chunk = chunks.get(random.nextInt(chunks.size()));
                    require(plan.add(i, ChunkList.of(List.of(chunk))).isEmpty());
                }
            });
            rate("packs planned", 1, count -> require(length(plan.packs()) > 0));
        }
    }

    private void change(Catalog catalog, long commits) {
        rate("files changed", files / 20, count -> {
            for (int i = 0; i < count; i++) {
                Version old = catalog.versions()
                        .newest(ManyFiles.path(i * 20))
                        .orElseThrow()
                        .version();
                catalog.versions()
                        .record(old.at(Version.UNCOMMITTED), catalog.versions().chunks(old), CatalogSamples.UNSEEN);
            }
            catalog.commits().assign(commits + 1);
            catalog.flush();
        });
        rate("records of a small commit", files / 20, count -> {
            require(length(catalog.commits().records(commits, commits + 1)) == count);
        });
    }

    /** Prints how fast it went, by the clock and by the processor, which other work on the machine slows down less. */
    private void rate(String what, int count, IntConsumer work) {
        long start = System.nanoTime();
        long cpuStart = cpuNanos();
        work.accept(count);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (cpuNanos() - cpuStart) / 1e9;
        Runtime runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        out.printf(
                Locale.ROOT,
                "%,10.0f/s  %,10.0f/cpu s  %8.3f s  %3d MiB heap  %s%n",
                count / seconds,
                count / cpuSeconds,
                seconds,
                heap,
                what);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long length(Cursor<?> cursor) {
        try (cursor) {
            long length = 0;
            while (cursor.hasNext()) {
                cursor.next();
                length++;
            }
            return length;
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("not as expected");
        }
    }
}
