package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target shows an older root than this home has seen there. */
class RollbackTest {

    private static final BackendLimits LIMITS = new BackendLimits(16 << 20, 10, 64 << 20);

    @TempDir
    Path folder;

    private final MemoryBackend x = new MemoryBackend(new TargetId("memory:x"), LIMITS);
    private final MemoryBackend y = new MemoryBackend(new TargetId("memory:y"), LIMITS);
    private TestVault home;
    private ByteBuffer old;

    @BeforeEach
    void twoCommits() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, x, y);
        write(home, "one");
        home.sync();
        old = x.root().read().orElseThrow();
        write(home, "two");
        home.sync();
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private static void write(TestVault home, String name) throws IOException {
        Files.writeString(home.synced().resolve(name), name);
    }

    private void assertThatAllThreeComeBack() throws Exception {
        try (TestVault later = home.twin(folder.resolve("later"), x, y)) {
            later.restore(folder.resolve("back"));
        }
        assertThat(folder.resolve("back"))
                .isDirectoryContaining("glob:**/one")
                .isDirectoryContaining("glob:**/two")
                .isDirectoryContaining("glob:**/three");
    }

    @Test
    void isToldByTheNextSyncThatWritesAndPutRight() throws Exception {
        x.root().write(old);
        write(home, "three");

        home.sync();

        assertThat(home.notices())
                .filteredOn(notice -> notice.contains("rolled back"))
                .singleElement()
                .asString()
                .contains("memory:x", "it shows commit 1 ", "this home has seen commit 2 there");
        assertThat(home.check(0).errors()).isEmpty();
        assertThatAllThreeComeBack();
    }

    @Test
    void ofAllTargetsTakesNothingAway() throws Exception {
        x.root().write(old);
        y.root().write(old);
        write(home, "three");

        home.sync();

        assertThat(home.notices())
                .filteredOn(notice -> notice.contains("rolled back"))
                .as("each target's")
                .hasSize(2);
        assertThatAllThreeComeBack();
    }

    @Test
    void isToldByARecoveryAndForgottenByNobody() throws Exception {
        y.root().write(old);

        home.vault().recover();
        home.vault().recover();

        assertThat(home.notices())
                .filteredOn(notice -> notice.contains("rolled back"))
                .singleElement()
                .asString()
                .contains("memory:y");
        write(home, "three");
        home.sync();
        assertThat(home.check(0).errors()).isEmpty();
    }

    @Test
    void doesNotStopHomesThatShareTheVault() throws Exception {
        try (TestVault second = home.twin(folder.resolve("second"), x, y)) {
            write(second, "of second");
            second.sync();
            write(home, "two and a half");
            home.sync();
            x.root().write(old);
            write(home, "three");

            home.sync();

            assertThat(home.notices()).anySatisfy(notice -> assertThat(notice).contains("rolled back"));
            assertThatAllThreeComeBack();
            assertThat(folder.resolve("back")).isDirectoryContaining("glob:**/of second");
        }
    }

    @Test
    void isNothingThatAnotherWritersCommitIsTakenFor() throws Exception {
        try (TestVault second = home.twin(folder.resolve("second"), x, y)) {
            write(second, "of second");
            second.sync();
            write(home, "three");
            home.sync();
        }
        assertThat(home.notices()).noneMatch(notice -> notice.contains("rolled back"));
    }
}
