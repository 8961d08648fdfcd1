package dev.dsync.pipeline.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.MemoryCatalog;
import dev.dsync.pipeline.EvacuationReport;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.RecordingBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.WriteLog;
import dev.dsync.vault.ConfigurationException;
import dev.dsync.vault.RandomTree;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.StatusReport.State;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvacuationPassTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);
    private static final TargetId A = new TargetId("memory:a");

    @TempDir
    private Path folder;

    private final WriteLog log = new WriteLog();
    private final RecordingBackend a = new RecordingBackend(A, LIMITS, log);
    private final RecordingBackend b = new RecordingBackend(new TargetId("memory:b"), LIMITS, log);
    private final RecordingBackend c = new RecordingBackend(new TargetId("memory:c"), LIMITS, log);
    private TestVault home;
    private int restores;

    @BeforeEach
    void open() throws IOException {
        home = new TestVault(folder.resolve("home"), 1, a, b, c);
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private Snapshot restored(TestVault from) throws Exception {
        Path to = folder.resolve("restored" + restores++);
        assertThat(from.restore(to).failed()).isEmpty();
        return Snapshot.of(to);
    }

    private void sync(int copies) throws Exception {
        home.copies(copies);
        RandomTree tree = new RandomTree(home.synced(), new Random(5), 2_000_000);
        for (int i = 0; i < 4; i++) {
            tree.edit(15);
            home.sync();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void everythingRestoresWithoutTheTargetThatWasEvacuated(int copies) throws Exception {
        sync(copies);
        EvacuationReport report = home.evacuate(A);
        assertThat(report.failed()).isEmpty();
        assertThat(report.retired()).isTrue();
        assertThat(home.vault().status().targets())
                .anyMatch(target ->
                        target.id().equals(Optional.of(A)) && target.state() == State.RETIRED && target.packs() == 0);
        try (TestVault other = home.twin(folder.resolve("other"), b, c)) {
            assertThat(restored(other)).isEqualTo(Snapshot.of(home.synced()));
            assertThat(other.check(100).errors()).isEmpty();
        }
    }

    @Test
    void nothingIsStoredOnAnEvacuatedTargetThoughALineNamesIt() throws Exception {
        sync(1);
        home.evacuate(A);
        int before = log.lying(A).size();
        home.on(a, b, c);
        for (int i = 0; i < 5; i++) {
            Files.write(home.synced().resolve("new" + i), new byte[] {(byte) i});
            home.sync();
        }
        assertThat(log.lying(A)).hasSize(before);
        assertThat(home.sync().requests()).isZero();
    }

    @Test
    void lastTargetCannotBeEvacuated() throws Exception {
        home.on(a);
        Files.writeString(home.synced().resolve("a"), "a");
        home.sync();
        assertThatThrownBy(() -> home.evacuate(A))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("no other target");
        assertThatThrownBy(() -> home.evacuate(new TargetId("memory:x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("memory:x");
    }

    @Test
    void targetThatIsAwayStaysInUseWhileSomethingLiesOnItAlone() throws Exception {
        home.on(a);
        Files.write(home.synced().resolve("a"), new byte[100_000]);
        home.sync();
        home.on(a, b);
        Files.write(home.synced().resolve("b"), new byte[1]);
        home.sync();
        home.on(b);
        EvacuationReport report = home.evacuate(A);
        assertThat(report.retired()).isFalse();
        assertThat(report.failed()).isNotEmpty();
        home.on(a, b);
        assertThat(home.evacuate(A).retired()).isTrue();
        home.on(b);
        assertThat(restored(home)).isEqualTo(Snapshot.of(home.synced()));
    }

    @Test
    void crashAnywhereLosesNothingWithTheTargetThereAndTheRestIsDoneLater() throws Exception {
        home.on(a, b);
        Files.write(home.synced().resolve("x"), new byte[200_000]);
        Files.write(home.synced().resolve("y"), new byte[] {1, 2, 3});
        home.sync();
        record Flushed(int writes, MemoryCatalog.Files state) {}
        List<Flushed> flushed = new ArrayList<>();
        int start = log.writes().size();
        home.onFlush(
                () -> flushed.add(new Flushed(log.writes().size(), home.files().copy())));
        home.evacuate(A);
        home.onFlush(() -> {});
        Snapshot tree = Snapshot.of(home.synced());
        for (Flushed moment : flushed) {
            int writes = Math.max(start, moment.writes());
            Map<TargetId, ? extends StorageBackend> targets = log.after(writes);
            StorageBackend[] both = {targets.get(A), targets.get(b.id())};
            Path elsewhere = folder.resolve("survivor" + restores);
            try (TestVault survivor = home.crashed(elsewhere, moment.state().copy(), both)) {
                assertThat(restored(survivor)).isEqualTo(tree);
                survivor.vault().setSyncedFolder(home.synced(), true);
                survivor.on(both);
                assertThat(survivor.evacuate(A).retired()).isTrue();
                survivor.on(both[1]);
                assertThat(restored(survivor)).isEqualTo(tree);
            }
        }
    }
}
