package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.RecordingBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.WriteLog;
import dev.dsync.vault.RandomTree;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A home syncs a few times, and everything it writes is recorded: what it puts on targets and what it makes lasting of its
 * own. Then it dies at every point between two writes.
 */
class CrashPointsTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);
    private static final int SYNCS = 3;

    /** So many writes had reached the targets when this was the state of the home. */
    private record Flushed(int writes, MemoryCatalog.Files state) {}

    @TempDir
    private Path folder;

    private final WriteLog log = new WriteLog();
    private final RecordingBackend a = new RecordingBackend(new TargetId("memory:a"), LIMITS, log);
    private final RecordingBackend b = new RecordingBackend(new TargetId("memory:b"), LIMITS, log);
    private final List<Flushed> flushed = new ArrayList<>();

    /** The trees that were synced, and after how many writes each sync had ended. */
    private final List<Snapshot> trees = new ArrayList<>();

    private final List<Integer> ends = new ArrayList<>();
    private final CountDownLatch packStored = new CountDownLatch(1);
    private int homes;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasCommittedRestoresFromTargetsAndKeyAlone(long seed) throws Exception {
        try (TestVault home = sync(seed, 8, Long.MAX_VALUE, Map.of())) {
            for (int writes = 0; writes <= log.writes().size(); writes++) {
                try (TestVault survivor = home.twin(nextHome(), targets(writes))) {
                    Snapshot restored = restored(survivor);
                    assertThat(restored).as("after %d writes", writes).isIn(possible(writes));
                    survivor.vault().setSyncedFolder(home.synced(), true);
                    goesOn(survivor, writes);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasCommittedRestoresWithTheStateThatWasLeft(long seed) throws Exception {
        try (TestVault home = sync(seed, 8, Long.MAX_VALUE, Map.of())) {
            for (int i = 0; i < flushed.size(); i++) {
                int last = i + 1 < flushed.size()
                        ? flushed.get(i + 1).writes()
                        : log.writes().size();
                for (int writes = flushed.get(i).writes(); writes <= last; writes++) {
                    MemoryCatalog.Files state = flushed.get(i).state().copy();
                    try (TestVault survivor = home.crashed(nextHome(), state, targets(writes))) {
                        assertEachPathIsOldOrNew(restored(survivor), writes);
                        survivor.vault().setSyncedFolder(home.synced(), true);
                        goesOn(survivor, writes);
                    }
                }
            }
        }
    }

    @Test
    void commitOnTheWayHoldsWhatItHas() throws Exception {
        byte[] large = new byte[18 << 20];
        new Random(1).nextBytes(large);
        byte[] last = {1};
        try (TestVault home = sync(1, 10, 1, Map.of("zz-large", large, "zz-last", last))) {
            assertThat(home.vault().catalog().commits().history())
                    .as("commits, those on the way and one at the end of each sync")
                    .hasSizeGreaterThan(SYNCS);
            for (int writes = 0; writes <= log.writes().size(); writes++) {
                try (TestVault survivor = home.twin(nextHome(), targets(writes))) {
                    assertEachPathIsOldOrNew(restored(survivor), writes);
                    survivor.vault().setSyncedFolder(home.synced(), true);
                    goesOn(survivor, writes);
                }
            }
        }
    }

    /** Syncs a tree that changes, from the start with these files in it, and records all of it. */
    private TestVault sync(long seed, int edits, long commitBytes, Map<String, byte[]> files) throws Exception {
        TestVault home = new TestVault(folder.resolve("home"), seed, a, b)
                .commitBytes(commitBytes)
                .memory(VaultParts.LEAST_MEMORY)
                .listening(this::holdTheLastFile);
        home.onFlush(() -> {
            synchronized (log) {
                flushed.add(new Flushed(log.writes().size(), home.files().copy()));
            }
        });
        RandomTree tree = new RandomTree(home.synced(), new Random(seed), 3_000_000);
        trees.add(Snapshot.of(home.synced()));
        ends.add(0);
        for (int i = 0; i < SYNCS; i++) {
            tree.edit(edits);
            if (i == 0) {
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    Files.write(home.synced().resolve(file.getKey()), file.getValue());
                }
            }
            home.sync();
            trees.add(Snapshot.of(home.synced()));
            ends.add(log.writes().size());
        }
        return home;
    }

    /** Then there is a commit to make before the pass has come to its end. */
    private void holdTheLastFile(SyncEvent event) {
        if (event instanceof SyncEvent.PackStored) {
            packStored.countDown();
        } else if (event instanceof SyncEvent.FileStarted file
                && file.path().value().equals("zz-last")) {
            try {
                packStored.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Path nextHome() {
        return folder.resolve("survivor" + homes++);
    }

    private StorageBackend[] targets(int writes) throws Exception {
        return log.after(writes).values().toArray(StorageBackend[]::new);
    }

    /** The last tree whose sync had ended after so many writes, and the one that was perhaps under way. */
    private List<Snapshot> possible(int writes) {
        int ended = 0;
        while (ended + 1 < ends.size() && ends.get(ended + 1) <= writes) {
            ended++;
        }
        return trees.subList(ended, Math.min(ended + 2, trees.size()));
    }

    private Snapshot restored(TestVault home) throws Exception {
        Path to = nextHome();
        RestoreReport report = home.restore(to);
        assertThat(report.failed()).isEmpty();
        return Snapshot.of(to);
    }

    private void assertEachPathIsOldOrNew(Snapshot restored, int writes) {
        for (Snapshot tree : possible(writes)) {
            for (Map.Entry<String, String> path : tree.paths().entrySet()) {
                boolean always = possible(writes).stream()
                        .allMatch(one -> path.getValue().equals(one.paths().get(path.getKey())));
                if (always) {
                    assertThat(restored.paths())
                            .as("after %d writes", writes)
                            .containsEntry(path.getKey(), path.getValue());
                }
            }
        }
        restored.paths()
                .forEach((path, value) -> assertThat(possible(writes))
                        .as("%s = %s after %d writes", path, value, writes)
                        .anyMatch(tree -> value.equals(tree.paths().get(path)) || value.startsWith("folder")));
    }

    /** The survivor goes on as if nothing had happened. */
    private void goesOn(TestVault survivor, int writes) throws Exception {
        SyncReport report = survivor.sync();
        assertThat(report.failed()).isEmpty();
        assertThat(restored(survivor))
                .as("synced again after %d writes", writes)
                .isEqualTo(trees.get(SYNCS));
        assertThat(survivor.check(100).errors())
                .as("checked after %d writes", writes)
                .isEmpty();
        assertThat(survivor.sync().bytesStored())
                .as("stored by the sync after that, %d writes", writes)
                .isZero();
        assertThat(survivor.sync().requests())
                .as("requests of one more, %d writes", writes)
                .isZero();
    }
}
