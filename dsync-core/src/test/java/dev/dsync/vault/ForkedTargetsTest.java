package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two homes that for a while could each reach another target only. */
class ForkedTargetsTest {

    private static final BackendLimits LIMITS = new BackendLimits(16 << 20, 10, 64 << 20);

    @TempDir
    Path folder;

    private final MemoryBackend x = new MemoryBackend(new TargetId("memory:x"), LIMITS);
    private final MemoryBackend y = new MemoryBackend(new TargetId("memory:y"), LIMITS);
    private final FaultyBackend firstsX = new FaultyBackend(x);
    private final FaultyBackend firstsY = new FaultyBackend(y);
    private TestVault first;
    private TestVault second;

    @BeforeEach
    void fork() throws Exception {
        first = new TestVault(folder.resolve("first"), 1, firstsX, firstsY).copies(2);
        write(first, "a");
        first.sync();
        second = first.twin(folder.resolve("second"), x);
        write(second, "of-second");
        second.sync();
        firstsX.always(Fault.BLOCKED);
        for (String name : new String[] {"of-first", "of-first-2", "of-first-3"}) {
            write(first, name);
            first.sync();
        }
        first.close();
        firstsX.heal();
    }

    @AfterEach
    void close() throws IOException {
        first.close();
        second.close();
    }

    @Test
    void theMergeIsNewerThanARootOnATargetThatIsAway() throws Exception {
        firstsY.always(Fault.BLOCKED);
        write(first, "merged");
        first.sync();
        first.close();
        assertThatAllIsThere();
    }

    @Test
    void aMergeThatCouldNotBeFinishedIsMadeAgain() throws Exception {
        firstsY.always(Fault.BLOCKED);
        firstsX.from(
                FaultyBackend.Operation.WRITE_ROOT,
                firstsX.calls(FaultyBackend.Operation.WRITE_ROOT) + 1,
                Fault.BLOCKED);
        write(first, "merged");
        try {
            first.sync();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("root");
        }
        first.close();
        firstsX.heal();
        first.sync();
        assertThat(first.sync().requests()).isLessThan(10);
        first.close();
        assertThatAllIsThere();
    }

    private void assertThatAllIsThere() throws Exception {
        try (TestVault later = first.twin(folder.resolve("later"), x, y)) {
            later.restore(folder.resolve("back"));
        }
        assertThat(folder.resolve("back"))
                .isDirectoryContaining("glob:**/merged")
                .isDirectoryContaining("glob:**/of-second")
                .isDirectoryContaining("glob:**/of-first-3");
    }

    private static void write(TestVault home, String name) throws IOException {
        Files.writeString(home.synced().resolve(name), name);
    }
}
