package dev.dsync.pipeline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.KnownTarget;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sync that finds nothing new asks nothing of any target, also where it has to read to find that out. */
class QuietSyncTest {

    @TempDir
    private Path folder;

    private final MemoryBackend target =
            new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20));
    private TestVault home;

    @BeforeEach
    void syncedHome() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, target);
        Files.writeString(home.synced().resolve("file"), "content");
        Files.createSymbolicLink(home.synced().resolve("link"), Path.of("file"));
        home.sync();
    }

    @Test
    void afterItsStateWasLostAHomeReadsItsFilesAndStoresNothing() throws Exception {
        home.loseState();
        home.vault();
        SyncReport again = home.sync();
        assertThat(again.bytesRead()).isEqualTo(7);
        assertThat(again.unchanged()).isEqualTo(2);
        assertThat(again.bytesStored()).isZero();
        SyncReport next = home.sync();
        assertThat(next.bytesRead()).isZero();
        assertThat(next.requests()).isZero();
    }

    @Test
    void aFileThatOnlyLooksTheSameIsStored() throws Exception {
        Path file = home.synced().resolve("file");
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "CONTENT");
        Files.setLastModifiedTime(file, time);
        home.loseState();
        assertThat(home.sync().changed()).isEqualTo(1);
    }

    @Test
    void whatNoTargetHoldsAnyMoreIsStoredAgain() throws Exception {
        home.loseState();
        home.vault().catalog().targets().set(target.id(), KnownTarget.State.RETIRED);
        assertThat(home.sync().bytesStored()).isPositive();
    }
}
