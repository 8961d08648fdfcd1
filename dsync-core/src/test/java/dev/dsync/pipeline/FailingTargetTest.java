package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.source.RelativePath;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sync whose only target fails says so, and the next one stores what this one could not. */
class FailingTargetTest {

    @TempDir
    private Path folder;

    private final MemoryBackend storage =
            new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20));
    private final FaultyBackend target = new FaultyBackend(storage);
    private TestVault home;

    @BeforeEach
    void syncedHome() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, target);
        Files.writeString(home.synced().resolve("old"), "old content");
        home.sync();
        Files.writeString(home.synced().resolve("new"), "new content");
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultyBackend.Fault.class,
            names = {"BLOCKED", "UNAVAILABLE"})
    void aSyncThatCannotStoreFailsAndTheNextOneCatchesUp(FaultyBackend.Fault fault) throws Exception {
        target.always(fault);
        assertThatThrownBy(() -> home.sync()).isInstanceOf(StorageException.class);
        home.close();
        target.heal();
        assertThat(home.sync().packs()).isPositive();
        home.restore(folder.resolve("back"));
        assertThat(folder.resolve("back").resolve("new")).hasContent("new content");
    }

    /** Many times, for it once depended on which thread was faster. */
    @RepeatedTest(10)
    void aSyncThatCannotPutFails() throws Exception {
        target.from(
                FaultyBackend.Operation.PUT,
                target.calls(FaultyBackend.Operation.PUT) + 1,
                FaultyBackend.Fault.BLOCKED);
        assertThatThrownBy(() -> home.sync()).isInstanceOf(StorageException.class);
    }

    @Test
    void fileOfACommitThatNeverMadeItIsReadAgainWithoutHarm() throws Exception {
        Files.writeString(home.synced().resolve("seen"), "the same");
        target.from(
                FaultyBackend.Operation.WRITE_ROOT,
                target.calls(FaultyBackend.Operation.WRITE_ROOT) + 1,
                FaultyBackend.Fault.BLOCKED);
        assertThatThrownBy(() -> home.sync()).isInstanceOf(StorageException.class);
        home.close();
        target.heal();
        Files.writeString(home.synced().resolve("new"), "newer content");
        // As after a loss: it is to be read although it looks unchanged.
        home.vault().catalog().versions().saw(RelativePath.of("seen"), OptionalLong.empty());
        home.vault().catalog().flush();
        home.sync();
        home.restore(folder.resolve("back"));
        assertThat(folder.resolve("back").resolve("new")).hasContent("newer content");
        assertThat(folder.resolve("back").resolve("seen")).hasContent("the same");
    }
}
