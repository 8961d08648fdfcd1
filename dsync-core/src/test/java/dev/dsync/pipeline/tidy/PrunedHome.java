package dev.dsync.pipeline.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.RecordingBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.WriteLog;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests that prune: a home with two targets in memory whose writes are recorded. */
abstract class PrunedHome {

    static final Duration NONE = Duration.ZERO;
    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);

    @TempDir
    Path folder;

    final WriteLog log = new WriteLog();
    final RecordingBackend a = new RecordingBackend(new TargetId("memory:a"), LIMITS, log);
    final RecordingBackend b = new RecordingBackend(new TargetId("memory:b"), LIMITS, log);
    TestVault home;
    private int folders;

    @BeforeEach
    final void open() throws IOException {
        home = new TestVault(folder.resolve("home"), 1, a, b);
    }

    @AfterEach
    final void close() throws IOException {
        home.close();
    }

    final void write(String name, long seed, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Path file = home.synced().resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    final void delete(String name) throws IOException {
        Files.delete(home.synced().resolve(name));
    }

    final Snapshot restored(TestVault from, long sequence) throws Exception {
        Path to = newFolder("restored");
        assertThat(from.restore(to, sequence).failed()).isEmpty();
        return Snapshot.of(to);
    }

    /** A folder that is not there yet. */
    final Path newFolder(String name) {
        return folder.resolve(name + folders++);
    }
}
