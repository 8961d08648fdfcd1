package dev.dsync.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.FaultyBackend.Operation;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A target that cannot say whether it carries another vault gets nothing, and does not keep the others from getting it.
 */
class AwayFromTheStartTest {

    private static final BackendLimits LIMITS = new BackendLimits(16 << 20, 10, 64 << 20);

    @TempDir
    private Path folder;

    private final FaultyBackend away = target("away");
    private final FaultyBackend sound = target("sound");
    private TestVault home;

    private static FaultyBackend target(String name) {
        return new FaultyBackend(new MemoryBackend(new TargetId("memory:" + name), LIMITS));
    }

    @BeforeEach
    void makeHome() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, sound);
        home.sync();
        home.on(away, sound);
        Files.writeString(home.synced().resolve("file"), "content");
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "GONE"})
    void getsNothingAndTheOthersTakeTheWork(Fault fault) throws Exception {
        away.from(Operation.READ_ROOT, 1, fault);
        assertThat(home.sync().added()).isEqualTo(1);
        assertThat(away.calls(Operation.PUT)).isZero();
        assertThat(away.calls(Operation.WRITE_ROOT)).isZero();
        assertThat(home.notices()).anyMatch(notice -> notice.contains("memory:away"));
        home.on(sound).loseState();
        home.restore(folder.resolve("back"));
        assertThat(folder.resolve("back").resolve("file")).hasContent("content");
    }

    @Test
    void staysTheOtherVaultsIfItTurnsOutToCarryOneAfterTheStateWasLost() throws Exception {
        TestVault other = new TestVault(folder.resolve("other"), 9, away);
        Files.writeString(other.synced().resolve("theirs"), "theirs");
        other.sync();
        away.from(Operation.READ_ROOT, 1, Fault.UNAVAILABLE);
        home.sync();
        home.loseState();
        away.heal();
        Files.writeString(home.synced().resolve("file"), "more content");
        assertThatThrownBy(() -> home.sync()).isInstanceOf(ForeignVaultException.class);
        other.loseState();
        other.restore(folder.resolve("back"));
        assertThat(folder.resolve("back").resolve("theirs")).hasContent("theirs");
        other.close();
    }

    @Test
    void takesPartAsSoonAsItAnswers() throws Exception {
        away.from(Operation.READ_ROOT, 1, Fault.UNAVAILABLE);
        home.sync();
        home.close();
        away.heal();
        Files.writeString(home.synced().resolve("file"), "more content");
        home.sync();
        assertThat(away.calls(Operation.WRITE_ROOT)).isPositive();
    }

    @Test
    void doesNotKeepAHomeWithoutAKeyFromBeginningIfItIsGone() throws Exception {
        away.always(Fault.GONE);
        TestVault first = new TestVault(folder.resolve("first"), 2, away, target("empty"));
        Files.writeString(first.synced().resolve("file"), "content");
        assertThat(first.sync().added()).isEqualTo(1);
        first.close();
    }

    @Test
    void keepsAHomeWithoutAKeyFromBeginningAsLongAsItDoesNotAnswer() throws Exception {
        away.always(Fault.UNAVAILABLE);
        TestVault first = new TestVault(folder.resolve("first"), 2, away, target("empty"));
        assertThatThrownBy(first::sync)
                .isInstanceOf(NoTargetException.class)
                .hasMessageContaining("cannot be told: scripted: no answer");
        assertThat(first.home().keyFile()).doesNotExist();
        first.close();
    }

    @Test
    void failsTheSyncIfThereIsNoOther() throws Exception {
        home.on(away);
        away.from(Operation.READ_ROOT, 1, Fault.UNAVAILABLE);
        assertThatThrownBy(() -> home.sync()).isInstanceOf(StorageException.class);
        assertThat(away.calls(Operation.PUT)).isZero();
    }
}
