package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.pipeline.RestoreReport;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.RootSlot;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two homes, one vault: whatever the order in which they write, nothing either of them stored is lost. */
class SeveralWritersTest {

    private static final BackendLimits LIMITS = new BackendLimits(16 << 20, 10, 64 << 20);

    @TempDir
    Path folder;

    private final MemoryBackend storage = new MemoryBackend(new TargetId("memory:shared"), LIMITS);
    private TestVault first;
    private TestVault second;
    private Interrupting secondsView;

    @BeforeEach
    void twoHomes() throws Exception {
        secondsView = new Interrupting(storage);
        first = new TestVault(folder.resolve("first"), 1, storage);
        first.vault();
        second = first.twin(folder.resolve("second"), secondsView);
    }

    @Test
    void homesThatTakeTurnsSeeEachOthersFiles() throws Exception {
        write(first, "a", "one");
        first.sync();
        write(second, "b", "two");
        second.sync();
        write(first, "c", "three");
        first.sync();
        assertThat(restored(first))
                .containsExactly(Map.entry("a", "one"), Map.entry("b", "two"), Map.entry("c", "three"));
    }

    @Test
    void aFileThatOnlyTheOtherHomeHasIsNotDeleted() throws Exception {
        write(first, "a", "one");
        first.sync();
        write(second, "b", "two");
        second.sync();
        assertThat(second.sync().deleted()).isZero();
        assertThat(first.sync().deleted()).isZero();
        assertThat(restored(second)).containsKeys("a", "b");
    }

    @Test
    void aCommitThatComesBetweenIsTakenInBeforeOurs() throws Exception {
        write(first, "a", "one");
        first.sync();
        write(second, "b", "two");
        secondsView.beforeFirstPut(() -> {
            write(first, "c", "three");
            first.sync();
        });
        second.sync();
        assertThat(restored(second)).containsOnlyKeys("a", "b", "c");
        write(first, "d", "four");
        first.sync();
        assertThat(restored(first)).containsOnlyKeys("a", "b", "c", "d");
    }

    @Test
    void aRootThatOverwritesAnotherIsJoinedByTheOneWhoLost() throws Exception {
        write(first, "a", "one");
        first.sync();
        write(second, "b", "two");
        second.sync();
        write(second, "b2", "two more");
        secondsView.beforeNextRoot(() -> {
            write(first, "c", "three");
            first.sync();
        });
        second.sync();
        assertThat(restored(second)).doesNotContainKey("c");
        first.sync();
        assertThat(restored(first)).containsOnlyKeys("a", "b", "b2", "c");
        second.sync();
        assertThat(restored(second)).containsOnlyKeys("a", "b", "b2", "c");
    }

    @Test
    void aPruneWhoseRootIsOverwrittenGivesBackWhatTheOtherHomeNeeds() throws Exception {
        write(first, "a", "one");
        write(first, "gone", "content of both");
        first.sync();
        write(second, "b", "two");
        second.sync();
        Files.delete(first.synced().resolve("gone"));
        first.sync();
        write(second, "again", "content of both");
        secondsView.beforeNextRoot(() -> first.prune(Duration.ZERO, Duration.ZERO));
        second.sync();
        first.sync();
        second.sync();
        for (TestVault home : List.of(first, second, first)) {
            first.time().pass(Duration.ofHours(25));
            second.time().pass(Duration.ofHours(25));
            home.prune(Duration.ZERO, Duration.ZERO);
        }
        assertThat(restored(first)).containsOnlyKeys("a", "again", "b").containsEntry("again", "content of both");
        assertThat(first.check(100).errors()).isEmpty();
        second.sync();
        assertThat(restored(second)).isEqualTo(restored(first));
    }

    @Test
    void theVeryFirstCommitsMayRace() throws Exception {
        write(first, "a", "one");
        write(second, "b", "two");
        secondsView.beforeNextRoot(() -> first.sync());
        second.sync();
        write(first, "a2", "one more");
        first.sync();
        write(second, "b2", "two more");
        second.sync();
        assertThat(restored(first)).containsOnlyKeys("a", "a2", "b");
        assertThat(restored(second)).containsOnlyKeys("a", "a2", "b", "b2");
    }

    @Test
    void manyTurnsAndRacesLoseNothing() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "file" + round;
            TestVault other = first;
            if (round % 3 == 0) {
                secondsView.beforeNextRoot(() -> {
                    write(other, name + "-raced", name);
                    other.sync();
                });
            }
            TestVault turn = round % 2 == 0 ? second : first;
            write(turn, name, name);
            turn.sync();
            first.sync();
            second.sync();
        }
        first.sync();
        assertThat(restored(first)).hasSizeGreaterThan(20).isEqualTo(restored(second));
        for (int round = 0; round < 20; round++) {
            assertThat(restored(first)).containsKey("file" + round);
        }
    }

    @Test
    void aNewMachineWithTheKeyFindsWhatBothWrote() throws Exception {
        write(first, "a", "one");
        first.sync();
        write(second, "b", "two");
        second.sync();
        TestVault third = first.twin(folder.resolve("third"), storage);
        assertThat(restored(third)).containsOnlyKeys("a", "b");
    }

    private static void write(TestVault home, String name, String content) throws IOException {
        Files.writeString(home.synced().resolve(name), content);
        home.time().pass(Duration.ofSeconds(10));
    }

    private Map<String, String> restored(TestVault home) throws Exception {
        Path to = Files.createTempDirectory(folder, "restored");
        RestoreReport report = home.restore(to);
        assertThat(report.failed()).isEmpty();
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(to)) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return found;
    }

    private interface Action {
        void run() throws Exception;
    }

    /** The shared target as the second home sees it: something happens right before one of its writes arrives. */
    private static final class Interrupting extends ForwardingBackend {

        private Optional<Action> beforePut = Optional.empty();
        private Optional<Action> beforeRoot = Optional.empty();

        Interrupting(StorageBackend inner) {
            super(inner);
        }

        void beforeFirstPut(Action action) {
            beforePut = Optional.of(action);
        }

        void beforeNextRoot(Action action) {
            beforeRoot = Optional.of(action);
        }

        private static void run(Optional<Action> action) {
            try {
                if (action.isPresent()) {
                    action.get().run();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
            Optional<Action> action = beforePut;
            beforePut = Optional.empty();
            run(action);
            return super.put(contents);
        }

        @Override
        public RootSlot root() {
            RootSlot inner = super.root();
            return new RootSlot() {
                @Override
                public int capacity() {
                    return inner.capacity();
                }

                @Override
                public Optional<ByteBuffer> read() throws StorageException {
                    return inner.read();
                }

                @Override
                public void write(ByteBuffer root) throws StorageException {
                    Optional<Action> action = beforeRoot;
                    beforeRoot = Optional.empty();
                    run(action);
                    inner.write(root);
                }
            };
        }
    }
}
