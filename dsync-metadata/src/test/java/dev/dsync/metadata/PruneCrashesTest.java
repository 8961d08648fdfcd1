package dev.dsync.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.RecordingBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.WriteLog;
import dev.dsync.vault.RandomTree;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A home with its catalog in SQLite syncs, prunes and dies: its state is copied at each flush of a prune, and goes on in
 * another home over the targets as they were then.
 */
class PruneCrashesTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration KEPT = Duration.ofHours(36);
    private static final Duration EVER = Duration.ofDays(1000);

    /** So many writes had reached the targets when the state was as it lies in this folder. */
    private record Moment(int writes, Path state) {}

    @TempDir
    private Path folder;

    private final WriteLog log = new WriteLog();
    private final RecordingBackend a = new RecordingBackend(new TargetId("memory:a"), LIMITS, log);
    private final RecordingBackend b = new RecordingBackend(new TargetId("memory:b"), LIMITS, log);
    private final List<Moment> moments = new ArrayList<>();
    private final Map<Long, Snapshot> kept = new TreeMap<>();
    private int places;

    @ParameterizedTest
    @CsvSource({"1,1", "5,2"})
    void whatIsKeptSurvivesADeathAtAnyFlushOfAPrune(long seed, int copies) throws Exception {
        try (TestVault home =
                onSqlite(new TestVault(folder.resolve("home"), seed, a, b)).copies(copies)) {
            live(home, seed);
            home.onFlush(() -> remember(home));
            PruneReport report = home.prune(KEPT, KEPT);
            home.onFlush(() -> {});
            assertThat(report.packsDeleted()).isPositive();
            assertThat(moments).hasSizeGreaterThan(4);
            for (int i = 0; i < moments.size(); i++) {
                int until = i + 1 < moments.size()
                        ? moments.get(i + 1).writes()
                        : log.writes().size();
                for (int writes = moments.get(i).writes(); writes <= until; writes++) {
                    goesOn(home, moments.get(i).state(), writes);
                }
            }
        }
    }

    private static TestVault onSqlite(TestVault home) throws IOException {
        return home.catalogs(new SqliteCatalogProvider());
    }

    private void live(TestVault home, long seed) throws Exception {
        RandomTree tree = new RandomTree(home.synced(), new Random(seed), 60_000);
        for (int day = 0; day < 6; day++) {
            tree.edit(8);
            home.sync();
            kept.put(
                    home.vault().catalog().commits().head().orElseThrow().info().sequence(),
                    Snapshot.of(home.synced()));
            home.time().pass(DAY);
        }
        while (kept.size() > 2) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    /** What a death right now would leave: the files of the database, with what it has not merged into the main one yet. */
    private void remember(TestVault home) {
        synchronized (log) {
            Path state = folder.resolve("moment" + moments.size());
            try (Stream<Path> files = Files.walk(home.home().state())) {
                for (Path file : files.toList()) {
                    Path to = state.resolve(home.home().state().relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to);
                    } else {
                        Files.copy(file, to);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            moments.add(new Moment(log.writes().size(), state));
        }
    }

    private void goesOn(TestVault home, Path state, int writes) throws Exception {
        Path place = folder.resolve("place" + places++);
        StorageBackend[] targets = log.after(writes).values().toArray(StorageBackend[]::new);
        try (TestVault survivor = onSqlite(home.twin(place, targets))) {
            copy(state, survivor.home().state());
            survivor.time()
                    .pass(Duration.between(
                            survivor.time().instant(), home.time().instant()));
            assertKept(survivor, "after " + writes + " writes");
            survivor.vault().setSyncedFolder(home.synced(), true);
            assertThat(survivor.sync().failed()).isEmpty();
            assertThat(survivor.prune(EVER, EVER).blobsWaiting()).isZero();
            assertKept(survivor, "pruned again after " + writes + " writes");
            assertThat(survivor.check(100).errors())
                    .as("after %d writes", writes)
                    .allMatch(problem -> problem.kind() == CheckProblem.Kind.ROOT_BEHIND);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path place = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(file, place);
                }
            }
        }
    }

    private void assertKept(TestVault survivor, String when) throws Exception {
        for (Map.Entry<Long, Snapshot> state : kept.entrySet()) {
            Path to = folder.resolve("place" + places++);
            assertThat(survivor.restore(to, state.getKey()).failed()).as(when).isEmpty();
            assertThat(Snapshot.of(to)).as(when).isEqualTo(state.getValue());
        }
    }
}
