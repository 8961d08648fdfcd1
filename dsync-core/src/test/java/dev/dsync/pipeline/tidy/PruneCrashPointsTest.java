package dev.dsync.pipeline.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.pipeline.SyncReport;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A home syncs, prunes, syncs and prunes again on two targets; everything it writes is recorded, on the targets and of
 * its own. Then it dies at every point between two writes of a prune.
 */
class PruneCrashPointsTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);
    private static final Duration DAY = Duration.ofDays(1);

    private static final Duration EVER = Duration.ofDays(1000);

    /** So long every state is kept: that of the last day or two. */
    private static final Duration KEPT = Duration.ofHours(36);

    /** So many writes had reached the targets when this was the state of the home. */
    private record Flushed(int writes, MemoryCatalog.Files state) {}

    @TempDir
    private Path folder;

    private final WriteLog log = new WriteLog();
    private final RecordingBackend a = new RecordingBackend(new TargetId("memory:a"), LIMITS, log);
    private final RecordingBackend b = new RecordingBackend(new TargetId("memory:b"), LIMITS, log);
    private final List<Flushed> flushed = new ArrayList<>();

    /** The trees that must stay to be seen, by the commit whose state they are. */
    private final Map<Long, Snapshot> kept = new TreeMap<>();

    private int start;
    private int places;

    @ParameterizedTest
    @CsvSource({"1,1", "3,2"})
    void whatIsKeptRestoresFromTargetsAndKeyAlone(long seed, int copies) throws Exception {
        try (TestVault home = pruned(seed, copies)) {
            for (int writes = start; writes <= log.writes().size(); writes++) {
                try (TestVault survivor = home.twin(place(), targets(writes))) {
                    goesOn(home, survivor, writes);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "3,2"})
    void whatIsKeptRestoresWithTheStateThatWasLeft(long seed, int copies) throws Exception {
        try (TestVault home = pruned(seed, copies)) {
            for (int i = 0; i < flushed.size(); i++) {
                int last = i + 1 < flushed.size()
                        ? flushed.get(i + 1).writes()
                        : log.writes().size();
                for (int writes = flushed.get(i).writes(); writes <= last; writes++) {
                    MemoryCatalog.Files state = flushed.get(i).state().copy();
                    try (TestVault survivor = home.crashed(place(), state, targets(writes))) {
                        goesOn(home, survivor, writes);
                    }
                }
            }
        }
    }

    /** A vault with a past, and the prune of it recorded. */
    private TestVault pruned(long seed, int copies) throws Exception {
        TestVault home = new TestVault(folder.resolve("home"), seed, a, b).copies(copies);
        RandomTree tree = new RandomTree(home.synced(), new Random(seed), 150_000);
        for (int day = 0; day < 6; day++) {
            tree.edit(8);
            if (day == 2) {
                byte[] doomed = new byte[150_000];
                new Random(seed).nextBytes(doomed);
                Files.write(home.synced().resolve("doomed"), doomed);
            } else if (day == 4) {
                Files.deleteIfExists(home.synced().resolve("doomed"));
            }
            home.sync();
            keep(home);
            if (day == 3) {
                home.prune(KEPT, KEPT);
            }
            home.time().pass(DAY);
        }
        while (kept.size() > 2) {
            kept.remove(kept.keySet().iterator().next());
        }
        start = log.writes().size();
        home.onFlush(() -> {
            synchronized (log) {
                flushed.add(new Flushed(log.writes().size(), home.files().copy()));
            }
        });
        PruneReport report = home.prune(KEPT, KEPT);
        home.onFlush(() -> {});
        assertThat(report.packsDeleted()).isPositive();
        return home;
    }

    private void keep(TestVault home) throws Exception {
        kept.put(newest(home), Snapshot.of(home.synced()));
    }

    private static long newest(TestVault home) {
        try {
            return home.vault().catalog().commits().head().orElseThrow().info().sequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place() {
        return folder.resolve("place" + places++);
    }

    private StorageBackend[] targets(int writes) throws Exception {
        return log.after(writes).values().toArray(StorageBackend[]::new);
    }

    private void goesOn(TestVault home, TestVault survivor, int writes) throws Exception {
        survivor.time()
                .pass(Duration.between(survivor.time().instant(), home.time().instant()));
        assertKept(survivor, writes, "after %d writes");
        assertThat(survivor.check(100).errors())
                .as("after %d writes", writes)
                .allMatch(problem -> problem.kind() == CheckProblem.Kind.ROOT_BEHIND);
        survivor.vault().setSyncedFolder(home.synced(), true);
        SyncReport sync = survivor.sync();
        assertThat(sync.failed()).isEmpty();
        assertKept(survivor, writes, "synced again after %d writes");
        assertThat(survivor.prune(EVER, EVER).blobsWaiting()).isZero();
        assertKept(survivor, writes, "pruned again after %d writes");
        assertThat(survivor.check(100).errors())
                .as("pruned again after %d writes", writes)
                .isEmpty();
        survivor.sync();
        assertThat(survivor.sync().requests())
                .as("requests of one more sync after %d writes", writes)
                .isZero();
    }

    private void assertKept(TestVault survivor, int writes, String when) throws Exception {
        for (Map.Entry<Long, Snapshot> state : kept.entrySet()) {
            Path to = place();
            assertThat(survivor.restore(to, state.getKey()).failed()).isEmpty();
            assertThat(Snapshot.of(to)).as(when, writes).isEqualTo(state.getValue());
        }
    }
}
