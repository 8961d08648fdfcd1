package dev.dsync.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.pipeline.StoredPlaces;
import dev.dsync.pipeline.commit.CommitPacks;
import dev.dsync.pipeline.commit.CommitReader;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check that repairs leaves nothing wrong that can be put right, and names what cannot. */
class RepairPassTest {

    @TempDir
    private Path folder;

    private final SpoiltBackend a = new SpoiltBackend("a");
    private final SpoiltBackend b = new SpoiltBackend("b");
    private final SpoiltBackend c = new SpoiltBackend("c");
    private TestVault home;

    @BeforeEach
    void sync() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, a, b).copies(2);
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
    void doesNothingWhereNothingIsWrong() throws Exception {
        List<StoredPack> before = StoredPlaces.dataPacks(home);
        CheckReport report = home.repair(0);
        assertThat(report.errors()).isEmpty();
        assertThat(report.repaired()).isZero();
        assertThat(StoredPlaces.dataPacks(home)).isEqualTo(before);
    }

    @Test
    void copiesAMissingCopyByteForByteFromTheGoodOne() throws Exception {
        StoredPack pack = packOf("one");
        byte[] wanted = bytes(b, pack);
        a.lose(StoredPlaces.on(a, pack));
        CheckReport report = home.repair(0);
        assertThat(report.errors()).isEmpty();
        assertThat(report.repaired()).isEqualTo(1);
        StoredPack repaired = packOf("one");
        assertThat(repaired.id()).isEqualTo(pack.id());
        assertThat(repaired.copies()).extracting(StoredCopy::target).containsExactlyInAnyOrder(a.id(), b.id());
        assertThat(bytes(a, repaired)).isEqualTo(wanted);
        allIsWell();
    }

    @Test
    void copiesADamagedCopyFromTheGoodOneWhereverTheDamageIs() throws Exception {
        for (int offset : new int[] {0, 60, 200_000, 5_000_000}) {
            StoredPack pack = packOf("one");
            a.flip(StoredPlaces.on(a, pack), offset);
            CheckReport report = home.repair(100);
            assertThat(report.errors()).as("byte %d", offset).isEmpty();
            assertThat(report.repaired()).isPositive();
        }
        allIsWell();
    }

    @Test
    void isNotTakenInByACopyThatIsOnlyAsLongAsItShouldBe() throws Exception {
        StoredPack pack = packOf("one");
        a.lose(StoredPlaces.on(a, pack));
        b.flip(StoredPlaces.on(b, pack), 200_000);
        home.repair(0);
        allIsWell();
    }

    @Test
    void takesWhatHasNoGoodCopyFromWhatIsSoundAndFromTheFolder() throws Exception {
        StoredPack pack = packOf("one");
        for (SpoiltBackend target : List.of(a, b)) {
            target.flip(StoredPlaces.on(target, pack), 200_000);
        }
        CheckReport report = home.repair(100);
        assertThat(report.errors()).isEmpty();
        assertThat(report.repaired()).isPositive();
        allIsWell();
    }

    @Test
    void takesMissingPacksFromTheFolderWithoutRecordingAnythingElse() throws Exception {
        loseAll();
        write("new since then", 1000);
        CheckReport report = home.repair(0);
        assertThat(report.errors()).isEmpty();
        assertThat(home.vault().catalog().versions().newest(RelativePath.of("new since then")))
                .isEmpty();
        assertThat(home.sync().added()).isEqualTo(1);
        allIsWell();
    }

    @Test
    void namesTheFilesThatCannotBeRepaired() throws Exception {
        Files.delete(home.synced().resolve("one"));
        loseAll();
        CheckReport report = home.repair(0);
        assertThat(report.errors())
                .filteredOn(problem -> problem.kind() == Kind.CHUNK_MISSING)
                .singleElement()
                .satisfies(problem -> assertThat(problem.paths()).containsExactly(RelativePath.of("one")));
        assertThat(home.repair(0).errors()).extracting(CheckProblem::kind).containsExactly(Kind.CHUNK_MISSING);
        home.restore(folder.resolve("back"));
        assertThat(folder.resolve("back/two"))
                .hasSameBinaryContentAs(home.synced().resolve("two"));
    }

    @Test
    void savesTheSoundChunksOfADamagedPackWhoseFilesAreGone() throws Exception {
        home.copies(1).on(c);
        write("old", 5_000_000);
        byte[] old = Files.readAllBytes(home.synced().resolve("old"));
        home.sync();
        ChunkPlace second = StoredPlaces.places(home, "old", 1).get(0);
        Files.delete(home.synced().resolve("old"));
        home.on(a, b, c).sync();
        c.flip(StoredPlaces.on(c, second.pack()), StoredPlaces.inside(second.entry()));
        CheckReport report = home.repair(100);
        assertThat(report.errors()).extracting(CheckProblem::paths).contains(List.of(RelativePath.of("old")));
        Files.write(home.synced().resolve("old"), old);
        home.sync();
        allIsWell();
    }

    @Test
    void addsCopiesUntilThereAreAsManyAsAskedFor() throws Exception {
        home.copies(3).on(a, b, c);
        CheckReport report = home.repair(0);
        assertThat(report.errors()).isEmpty();
        int andTheRootOfC = 1;
        assertThat(report.repaired()).isEqualTo(StoredPlaces.dataPacks(home).size() + andTheRootOfC);
        assertThat(StoredPlaces.dataPacks(home))
                .allSatisfy(pack -> assertThat(pack.copies()).hasSize(3));
        allIsWell();
        assertThat(home.repair(0).repaired()).isZero();
    }

    @Test
    void copiesWhatLostATargetWithoutALineToOthers() throws Exception {
        home.on(a, c);
        home.repair(0);
        home.on(c).copies(1);
        assertThat(home.restore(folder.resolve("back")).failed()).isEmpty();
    }

    @Test
    void storesTheCatalogAnew() throws Exception {
        Root root = Root.decode(head().root().toArray());
        CommitPacks.located(CommitReader.decode(head()), root)
                .values()
                .forEach(pack -> pack.copies().stream()
                        .filter(copy -> copy.target().equals(a.id()))
                        .forEach(copy -> a.flip(copy.address(), 120)));
        a.lose(root.ownFirst(a.id()).copies().get(0).commit());
        b.root().write(ByteBuffer.wrap(new byte[100]));
        assertThat(home.check(0).errors()).hasSize(3);
        CheckReport report = home.repair(0);
        assertThat(report.errors()).isEmpty();
        assertThat(report.repaired()).isEqualTo(3);
        allIsWell();
        home.loseState();
        allIsWell();
    }

    @Test
    void theSyncAfterACheckStoresTheCatalogAnewToo() throws Exception {
        Root root = Root.decode(head().root().toArray());
        a.lose(root.ownFirst(a.id()).copies().get(0).commit());
        assertThat(home.check(0).errors()).hasSize(1);
        home.sync();
        assertThat(home.check(0).errors()).isEmpty();
        assertThat(home.sync().requests()).isZero();
    }

    private CommitLog.Head head() throws IOException {
        return home.vault().catalog().commits().head().orElseThrow();
    }

    private void loseAll() throws IOException {
        for (StoredPack pack : StoredPlaces.dataPacks(home)) {
            a.lose(StoredPlaces.on(a, pack));
            b.lose(StoredPlaces.on(b, pack));
        }
    }

    private StoredPack packOf(String path) throws IOException {
        return StoredPlaces.places(home, path, 0).get(0).pack();
    }

    private static byte[] bytes(SpoiltBackend target, StoredPack pack) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(pack.size());
        target.read(StoredPlaces.on(target, pack), 0, bytes);
        return bytes.array();
    }

    private void allIsWell() throws Exception {
        assertThat(home.check(100).errors()).isEmpty();
        Path back = Files.createTempDirectory(folder, "back");
        assertThat(home.restore(back).failed()).isEmpty();
        assertThat(Snapshot.of(back)).isEqualTo(Snapshot.of(home.synced()));
    }

    private void write(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(name.hashCode() + size).nextBytes(content);
        Files.write(home.synced().resolve(name), content);
    }
}
