package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.StoredPack;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a target lost is stored again from the synced folder, as soon as anybody knows of it. */
class LostPacksTest {

    @TempDir
    private Path folder;

    private final SpoiltBackend a = new SpoiltBackend("a");
    private final SpoiltBackend b = new SpoiltBackend("b");
    private TestVault home;

    @BeforeEach
    void sync() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, a);
        write("one", 7_000_000);
        write("two", 6_000_000);
        write("small", 10);
        home.sync();
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @Test
    void aSyncAfterACheckStoresMissingPacksAgain() throws Exception {
        loseAll(a);
        assertThat(home.sync().bytesStored()).as("nobody knows yet").isZero();
        assertThat(home.check(0).errors()).isNotEmpty();
        SyncReport sync = home.sync();
        assertThat(sync.packs()).isPositive();
        assertThat(sync.unchanged()).isEqualTo(3);
        assertThat(home.notices())
                .anySatisfy(notice ->
                        assertThat(notice).contains("3 files have no complete copy", "this sync stores them again"));
        allIsWell();
        assertQuiet();
    }

    @Test
    void aSyncAfterACheckReadsOnlyTheFilesConcerned() throws Exception {
        StoredPack pack = packOf("one");
        a.lose(pack.copies().get(0).address());
        home.check(0);
        SyncReport sync = home.sync();
        assertThat(sync.bytesRead()).isLessThan(14_000_000).isGreaterThan(6_000_000);
        allIsWell();
    }

    @Test
    void aSyncAfterACheckStoresDamagedPacksAgain() throws Exception {
        StoredPack pack = packOf("one");
        a.flip(pack.copies().get(0).address(), 200_000);
        assertThat(home.check(100).errors()).isNotEmpty();
        assertThat(home.sync().packs()).isPositive();
        allIsWell();
        assertQuiet();
    }

    @Test
    void whatIsShorterThanItWasIsStoredAgain() throws Exception {
        StoredPack pack = packOf("two");
        a.cut(pack.copies().get(0).address(), pack.size() - 1);
        assertThat(home.check(0).errors()).isNotEmpty();
        home.sync();
        allIsWell();
        assertQuiet();
    }

    @Test
    void theSyncAgainOfAPathFindsWhatIsMissingByItself() throws Exception {
        loseAll(a);
        SyncReport sync = home.syncAgain();
        assertThat(sync.packs()).isPositive();
        allIsWell();
        assertThat(home.syncAgain().packs()).as("all is there now").isZero();
    }

    @Test
    void oldVersionsThatAreLostStayNamedAndCountAsHeldByNobody() throws Exception {
        byte[] old = Files.readAllBytes(home.synced().resolve("one"));
        Files.delete(home.synced().resolve("one"));
        home.sync();
        loseAll(a);
        home.check(0);
        home.sync();
        assertThat(home.check(0).errors())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.kind()).isIn(Kind.CHUNK_MISSING, Kind.PACK_MISSING));
        assertQuiet();
        Files.write(home.synced().resolve("one again"), old);
        assertThat(home.sync().bytesStored()).isGreaterThan(6_000_000);
        allIsWell();
    }

    @Test
    void oldVersionsInADamagedPackKeepWhatIsSoundAndDoNotCountAsHeld() throws Exception {
        byte[] old = Files.readAllBytes(home.synced().resolve("one"));
        StoredPack pack = packOf("one");
        Files.delete(home.synced().resolve("one"));
        home.sync();
        a.flip(pack.copies().get(0).address(), 200_000);
        home.check(100);
        home.sync();
        assertThat(home.vault().catalog().packs().find(pack.id())).isPresent();
        assertQuiet();
        Files.write(home.synced().resolve("one again"), old);
        assertThat(home.sync().bytesStored()).isGreaterThan(1_000_000);
        allIsWell();
    }

    @Test
    void aTargetThatDoesNotAnswerIsNotTakenForOneThatLostItsPacks() throws Exception {
        loseAll(a);
        home.check(0);
        FaultyBackend away = new FaultyBackend(a).always(Fault.UNAVAILABLE);
        home.on(away, b);
        long before = b.requests();
        home.sync();
        assertThat(StoredPlaces.dataPacks(home))
                .allSatisfy(pack -> assertThat(pack.copies()).hasSize(1));
        assertThat(b.requests() - before).isLessThan(10);
        away.heal();
        home.on(away, b).sync();
        allIsWell();
    }

    @Test
    void aMissingCopyIsNoLossWhileAnotherIsThere() throws Exception {
        home.on(a, b).copies(2);
        write("three", 2_000_000);
        home.sync();
        StoredPack pack = packOf("three");
        a.lose(StoredPlaces.on(a, pack));
        assertThat(home.check(0).errors()).isNotEmpty();
        SyncReport sync = home.sync();
        assertThat(sync.bytesRead()).isZero();
        assertThat(home.vault().catalog().packs().find(pack.id()).orElseThrow()).isEqualTo(pack);
    }

    @Test
    void whatLiesOnATargetWithoutALineIsStoredAnewOnlyWhenAskedFor() throws Exception {
        home.on(b);
        SyncReport sync = home.sync();
        assertThat(sync.bytesRead()).isZero();
        assertThat(home.notices())
                .anySatisfy(notice -> assertThat(notice).contains("3 files", "out of reach", "memory:a", "--again"));
        assertThat(home.check(0).errors()).extracting(CheckProblem::kind).contains(Kind.PACK_UNREACHABLE);
        home.syncAgain();
        allIsWell();
        int told = home.notices().size();
        home.close();
        home.sync();
        assertThat(home.notices()).hasSize(told);
    }

    private void loseAll(SpoiltBackend target) throws IOException {
        for (StoredPack pack : StoredPlaces.dataPacks(home)) {
            target.lose(StoredPlaces.on(target, pack));
        }
    }

    private StoredPack packOf(String path) throws IOException {
        return StoredPlaces.places(home, path, 0).get(0).pack();
    }

    private void allIsWell() throws Exception {
        assertThat(home.check(100).errors()).isEmpty();
        Path back = Files.createTempDirectory(folder, "back");
        assertThat(home.restore(back).failed()).isEmpty();
        assertThat(Snapshot.of(back)).isEqualTo(Snapshot.of(home.synced()));
    }

    private void assertQuiet() throws Exception {
        SyncReport quiet = home.sync();
        assertThat(List.of(quiet.requests(), quiet.bytesRead(), quiet.bytesStored()))
                .containsOnly(0L);
    }

    private void write(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(name.hashCode() + size).nextBytes(content);
        Files.write(home.synced().resolve(name), content);
    }
}
