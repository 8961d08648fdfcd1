package dev.dsync.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A root that is not what was written holds up nobody who knows better. */
class DamagedRootTest {

    /** How a root is spoilt. */
    enum Junk {
        /** No version that is known. */
        ZEROS,
        /** Looks as if another key had sealed it. */
        OTHER_COMMITMENT,
        CUT
    }

    @TempDir
    private Path folder;

    private final SpoiltBackend a = new SpoiltBackend("a");
    private final SpoiltBackend b = new SpoiltBackend("b");
    private TestVault home;

    @BeforeEach
    void sync() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, a, b);
        write("one");
        home.sync();
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenAnewByTheNextSyncThatStoresSomething(Junk junk) throws Exception {
        spoil(a, junk);
        spoil(b, junk);
        write("two");
        home.sync();
        assertThat(home.notices()).anySatisfy(notice -> assertThat(notice).contains("root on target memory:a", "anew"));
        assertThat(home.check(0).errors()).isEmpty();
        home.loseState();
        assertThat(home.restore(folder.resolve("back")).restored()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenAnewByASyncWithNothingToStoreOnceACheckFoundIt(Junk junk) throws Exception {
        spoil(b, junk);
        assertThat(home.check(0).errors()).hasSize(1);
        home.sync();
        assertThat(home.check(0).errors()).isEmpty();
        assertThat(home.sync().requests()).isZero();
    }

    @Test
    void thatIsMissingIsWrittenAnewOnceACheckFoundIt() throws Exception {
        SpoiltBackend empty = new SpoiltBackend("c");
        home.on(a, b, empty).sync();
        home.on(a, b);
        write("two");
        home.sync();
        home.on(a, b, empty);
        assertThat(home.check(0).errors()).isNotEmpty();
        home.sync();
        assertThat(home.check(0).errors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void isPassedOverByARecovery(Junk junk) throws Exception {
        spoil(b, junk);
        home.loseState();
        assertThat(home.restore(folder.resolve("back")).restored()).isEqualTo(1);
        assertThat(home.notices()).anySatisfy(notice -> assertThat(notice).contains("root on target memory:b"));
        write("two");
        home.sync();
        assertThat(home.check(0).errors()).isEmpty();
    }

    @Test
    void everywhereIsToldAsDamage() throws Exception {
        spoil(a, Junk.OTHER_COMMITMENT);
        spoil(b, Junk.ZEROS);
        home.loseState();
        assertThatThrownBy(() -> home.vault())
                .isInstanceOf(DamagedVaultException.class)
                .hasMessageContaining("memory:b")
                .hasMessageContaining("No target that answers has a sound root");
    }

    @Test
    void sealedWithAnotherKeyEverywhereIsAWrongKey() throws Exception {
        spoil(a, Junk.OTHER_COMMITMENT);
        spoil(b, Junk.OTHER_COMMITMENT);
        home.loseState();
        assertThatThrownBy(() -> home.vault()).isInstanceOf(ForeignVaultException.class);
    }

    @Test
    void ofAnotherVaultOnANewTargetIsLeftAlone() throws Exception {
        SpoiltBackend other = new SpoiltBackend("other");
        try (TestVault stranger = new TestVault(folder.resolve("stranger"), 2, other)) {
            Files.writeString(stranger.synced().resolve("s"), "s");
            stranger.sync();
        }
        ByteBuffer theirs = other.root().read().orElseThrow();
        home.on(a, b, other);
        write("two");
        assertThatThrownBy(() -> home.sync()).isInstanceOf(ForeignVaultException.class);
        assertThatThrownBy(() -> home.sync()).isInstanceOf(ForeignVaultException.class);
        assertThat(other.root().read()).contains(theirs);
    }

    private static void spoil(StorageBackend target, Junk junk) throws IOException {
        ByteBuffer root = target.root().read().orElseThrow();
        byte[] bytes = new byte[root.remaining()];
        root.get(bytes);
        switch (junk) {
            case ZEROS -> target.root().write(ByteBuffer.wrap(new byte[200]));
            case OTHER_COMMITMENT -> {
                new Random(1).nextBytes(bytes);
                bytes[0] = 1;
                target.root().write(ByteBuffer.wrap(bytes));
            }
            case CUT -> target.root().write(ByteBuffer.wrap(bytes, 0, 30));
        }
    }

    private void write(String name) throws IOException {
        Files.writeString(home.synced().resolve(name), name);
    }
}
