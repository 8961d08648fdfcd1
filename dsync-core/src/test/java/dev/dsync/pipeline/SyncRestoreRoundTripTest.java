package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.RandomTree;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyncRestoreRoundTripTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);

    @TempDir
    private Path folder;

    private final MemoryBackend a = new MemoryBackend(new TargetId("memory:a"), LIMITS);
    private final MemoryBackend b = new MemoryBackend(new TargetId("memory:b"), LIMITS);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyStateComesBackAfterItsSync(long seed) throws Exception {
        try (TestVault home = new TestVault(folder.resolve("home"), seed, a, b)) {
            RandomTree tree = new RandomTree(home.synced(), new Random(seed), 2_000_000);
            List<Snapshot> states = new ArrayList<>();
            for (int round = 1; round <= 6; round++) {
                tree.edit(12);
                assertThat(home.sync().failed()).isEmpty();
                long sequence = home.vault().status().newest().orElseThrow().sequence();
                while (states.size() < sequence) {
                    states.add(Snapshot.of(home.synced()));
                }
                assertThat(restored(home, "now" + round, Long.MAX_VALUE)).isEqualTo(Snapshot.of(home.synced()));
            }
            for (int sequence = 1; sequence <= states.size(); sequence++) {
                assertThat(restored(home, "at" + sequence, sequence)).isEqualTo(states.get(sequence - 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void syncWithNothingNewStoresNothingAndSendsNothing(long seed) throws Exception {
        try (TestVault home = new TestVault(folder.resolve("home"), seed, a, b)) {
            RandomTree tree = new RandomTree(home.synced(), new Random(seed), 100_000);
            for (int round = 0; round < 4; round++) {
                tree.edit(12);
                home.sync();
                SyncReport second = home.sync();
                assertThat(second.requests()).as("requests of %s", second).isZero();
                assertThat(second.bytesStored() + second.bytesRead() + second.packs())
                        .as("work of %s", second)
                        .isZero();
                assertThat(second.added() + second.changed() + second.deleted())
                        .as("news of %s", second)
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everythingComesBackFromTargetsAndKeyAlone(long seed) throws Exception {
        try (TestVault home = new TestVault(folder.resolve("home"), seed, a, b)) {
            RandomTree tree = new RandomTree(home.synced(), new Random(seed), 1_000_000);
            for (int round = 0; round < 5; round++) {
                tree.edit(12);
                home.sync();
            }
            try (TestVault other = home.twin(folder.resolve("other"), a, b)) {
                assertThat(restored(other, "recovered", Long.MAX_VALUE)).isEqualTo(Snapshot.of(home.synced()));
            }
            home.loseState();
            SyncReport after = home.sync();
            assertThat(after.added() + after.changed() + after.deleted())
                    .as("news of %s", after)
                    .isZero();
            assertThat(restored(home, "again", Long.MAX_VALUE)).isEqualTo(Snapshot.of(home.synced()));
        }
    }

    @Test
    void fileThatTakesAFoldersPlaceStays() throws Exception {
        try (TestVault home = new TestVault(folder.resolve("home"), 1, a)) {
            Path place = Files.createDirectories(home.synced().resolve("a"));
            Files.writeString(place.resolve("below"), "b");
            home.sync();
            Files.delete(place.resolve("below"));
            Files.delete(place);
            Files.createFile(place);
            home.sync();
            assertThat(restored(home, "to", Long.MAX_VALUE)).isEqualTo(Snapshot.of(home.synced()));
        }
    }

    @Test
    void whatWasRestoredIsNoNewsToTheNextSync() throws Exception {
        try (TestVault home = new TestVault(folder.resolve("home"), 1, a)) {
            Path file = Files.writeString(home.synced().resolve("file"), "content");
            Path link = Files.createSymbolicLink(home.synced().resolve("link"), Path.of("file"));
            home.sync();
            Files.delete(file);
            Files.delete(link);
            home.restore(home.synced());
            SyncReport report = home.sync();
            assertThat(report.unchanged()).as("unchanged of %s", report).isEqualTo(2);
            assertThat(report.bytesStored()).as("bytes stored of %s", report).isZero();
        }
    }

    @Test
    void insertInTheMiddleOfABigFileStoresFewBytes() throws Exception {
        try (TestVault home = new TestVault(folder.resolve("home"), 1, a)) {
            byte[] content = new byte[60_000_000];
            new Random(1).nextBytes(content);
            Path file = home.synced().resolve("big");
            Files.write(file, content);
            home.sync();
            byte[] longer = new byte[content.length + 100];
            System.arraycopy(content, 0, longer, 0, 30_000_000);
            System.arraycopy(content, 30_000_000, longer, 30_000_100, 30_000_000);
            Files.write(file, longer);
            SyncReport report = home.sync();
            assertThat(report.changed()).isOne();
            assertThat(report.bytesStored()).isBetween(100L, 10_000_000L);
            assertThat(restored(home, "to", Long.MAX_VALUE)).isEqualTo(Snapshot.of(home.synced()));
        }
    }

    private Snapshot restored(TestVault home, String name, long sequence) throws Exception {
        Path to = folder.resolve(name);
        assertThat(home.restore(to, sequence).failed()).isEmpty();
        return Snapshot.of(to);
    }
}
