package dev.dsync.pipeline.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackKind;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target was not there when packs were stored: once it is back, the next sync gives it what it missed. */
class OwedCopiesTest {

    private static final BackendLimits LIMITS = new BackendLimits(10 << 20, 10, 25 << 20);

    @TempDir
    private Path folder;

    private final MemoryBackend a = new MemoryBackend(new TargetId("memory:a"), LIMITS);
    private final FaultyBackend b = new FaultyBackend(new MemoryBackend(new TargetId("memory:b"), LIMITS));
    private TestVault home;

    @BeforeEach
    void storedWhileOneTargetWasAway() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, a, b).copies(2);
        Files.writeString(home.synced().resolve("before"), "stored while both were there");
        home.sync();
        home.close();
        byte[] content = new byte[12 << 20];
        new Random(1).nextBytes(content);
        Files.write(home.synced().resolve("file"), content);
        b.always(Fault.BLOCKED);
        home.sync();
        home.close();
        b.heal();
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private List<Integer> copiesOfEachPack() throws IOException {
        List<Integer> copies = new ArrayList<>();
        try (Cursor<StoredPack> packs = home.vault().catalog().packs().all(PackKind.DATA)) {
            packs.forEachRemaining(pack -> copies.add(pack.copies().size()));
        }
        return copies;
    }

    @Test
    void theNextSyncStoresThemThoughNoFileChanged() throws Exception {
        assertThat(copiesOfEachPack()).containsExactly(2, 1, 1, 1);
        assertThat(home.sync().bytesStored()).isGreaterThan(12 << 20);
        assertThat(copiesOfEachPack()).containsExactly(2, 2, 2, 2);
    }

    @Test
    void theyRestoreWithoutTheTargetThatHadThem() throws Exception {
        home.sync();
        home.loseState();
        home.on(b);
        home.restore(folder.resolve("back"));
        assertThat(folder.resolve("back").resolve("file"))
                .hasSameBinaryContentAs(home.synced().resolve("file"));
    }

    @Test
    void onceAllAreStoredASyncIsQuietAgain() throws Exception {
        home.sync();
        home.sync();
        assertThat(home.sync().requests()).isZero();
    }

    @Test
    void aDamagedPackIsNotCopied() throws Exception {
        FaultyBackend lying = new FaultyBackend(a);
        lying.always(Fault.BIT_FLIP);
        home.on(lying, b);
        home.sync();
        assertThat(copiesOfEachPack()).containsExactly(2, 1, 1, 1);
    }

    @Test
    void whileTheTargetIsStillAwayASyncGoesWellAndOwesThemStill() throws Exception {
        b.always(Fault.BLOCKED);
        home.sync();
        home.close();
        b.heal();
        home.sync();
        assertThat(copiesOfEachPack()).containsExactly(2, 2, 2, 2);
    }

    @Test
    void thoseThatAreWantedSinceAreStoredToo() throws Exception {
        MemoryBackend c = new MemoryBackend(new TargetId("memory:c"), LIMITS);
        home.copies(3).on(a, b, c);
        home.sync();
        assertThat(copiesOfEachPack()).containsOnly(3);
    }
}
