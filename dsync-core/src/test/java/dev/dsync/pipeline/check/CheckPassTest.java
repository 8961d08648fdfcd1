package dev.dsync.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.pipeline.StoredPlaces;
import dev.dsync.pipeline.commit.CommitPacks;
import dev.dsync.pipeline.commit.CommitReader;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.FaultyBackend.Operation;
import dev.dsync.storage.FolderBackendProvider;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckPassTest {

    @TempDir
    private Path folder;

    private final SpoiltBackend a = new SpoiltBackend("a");
    private final SpoiltBackend b = new SpoiltBackend("b");
    private final FaultyBackend shakyB = new FaultyBackend(b);
    private TestVault home;

    @BeforeEach
    void sync() throws Exception {
        home = new TestVault(folder.resolve("home"), 1, a, shakyB).copies(2);
        write("one", 7_000_000);
        write("two", 9_000_000);
        write("small", 10);
        home.sync();
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 100})
    void findsNothingWhereNothingIsWrong(int percent) throws Exception {
        write("one", 3_000_000);
        home.sync();
        CheckReport report = home.check(percent);
        assertThat(report.errors()).isEmpty();
        int data = StoredPlaces.dataPacks(home).size();
        assertThat(report.packsChecked()).isEqualTo(data + catalogPacks().size());
        assertThat(report.interrupted()).isFalse();
    }

    @Test
    void readsAsManyPacksAsAsked() throws Exception {
        int packs = StoredPlaces.dataPacks(home).size();
        assertThat(packs).isGreaterThan(3);
        for (int percent : List.of(0, 1, 50, 100)) {
            a.takeReads();
            b.takeReads();
            home.check(percent);
            long whole = packs * percent == 0 ? 0 : (packs * percent + 99) / 100;
            assertThat(wholeReads(a)).as("%d %% on a", percent).isEqualTo(whole);
            assertThat(wholeReads(b)).as("%d %% on b", percent).isEqualTo(whole);
        }
    }

    private long wholeReads(SpoiltBackend target) throws IOException {
        List<SpoiltBackend.Read> wanted = StoredPlaces.dataPacks(home).stream()
                .map(pack -> new SpoiltBackend.Read(StoredPlaces.on(target, pack), 0, pack.size()))
                .toList();
        return target.takeReads().stream().filter(wanted::contains).count();
    }

    @Test
    void flippedBitInAChunkNamesTargetPackChunkAndPaths() throws Exception {
        Files.copy(home.synced().resolve("two"), home.synced().resolve("two again"));
        home.sync();
        ChunkPlace place = StoredPlaces.places(home, "two", 1).get(0);
        a.flip(StoredPlaces.on(a, place.pack()), StoredPlaces.inside(place.entry()));
        assertThat(home.check(0).errors()).isEmpty();
        List<CheckProblem> errors = home.check(100).errors();
        assertThat(errors).hasSize(1);
        CheckProblem problem = errors.get(0);
        assertThat(problem.kind()).isEqualTo(Kind.CHUNK_DAMAGED);
        assertThat(problem.kind().word()).isEqualTo("chunk_damaged");
        assertThat(problem.target()).contains(a.id());
        assertThat(problem.pack()).contains(place.pack().id());
        assertThat(problem.chunk()).hasValue(place.entry().index());
        assertThat(problem.paths()).containsExactly(RelativePath.of("two"), RelativePath.of("two again"));
    }

    @Test
    void everyFlippedBitOfAPackIsFound() throws Exception {
        StoredPack pack = StoredPlaces.dataPacks(home).get(0);
        for (int offset : new int[] {0, 60, 88, pack.size() / 2, pack.size() - 60, pack.size() - 1}) {
            a.flip(StoredPlaces.on(a, pack), offset);
            assertThat(home.check(100).errors())
                    .as("byte %d of %d flipped", offset, pack.size())
                    .hasSize(1)
                    .allSatisfy(problem -> assertThat(problem.pack()).contains(pack.id()));
        }
    }

    @Test
    void bitThatFlipsOnTheWayIsNoDamage() throws Exception {
        int firstPackRead = shakyB.calls(Operation.READ) + 3;
        shakyB.at(Operation.READ, firstPackRead, Fault.BIT_FLIP);
        assertThat(home.check(100).errors()).isEmpty();
        assertThat(shakyB.calls(Operation.READ)).isGreaterThan(firstPackRead);
    }

    @Test
    void lostCopyIsMissing() throws Exception {
        StoredPack pack = StoredPlaces.dataPacks(home).get(0);
        a.lose(StoredPlaces.on(a, pack));
        assertOne(Kind.PACK_MISSING, pack, home.check(0));
        assertOne(Kind.PACK_MISSING, pack, home.check(100));
        assertThat(home.check(0).errors().get(0).paths()).as("paths in danger").isEmpty();
    }

    @Test
    void packWithoutAnyCopyNamesThePathsThatNeedIt() throws Exception {
        ChunkPlace place = StoredPlaces.places(home, "one", 0).get(0);
        a.lose(StoredPlaces.on(a, place.pack()));
        b.cut(StoredPlaces.on(b, place.pack()), 100);
        List<CheckProblem> errors = home.check(0).errors();
        assertThat(errors).extracting(CheckProblem::kind).containsExactlyInAnyOrder(Kind.PACK_MISSING, Kind.PACK_SIZE);
        assertThat(errors).allSatisfy(problem -> assertThat(problem.paths()).contains(RelativePath.of("one")));
    }

    @Test
    void truncatedCopyHasTheWrongSize() throws Exception {
        StoredPack pack = StoredPlaces.dataPacks(home).get(1);
        a.cut(StoredPlaces.on(a, pack), pack.size() - 1);
        assertOne(Kind.PACK_SIZE, pack, home.check(0));
        assertOne(Kind.PACK_SIZE, pack, home.check(100));
    }

    @Test
    void copyOnATargetThatIsAwayIsNoErrorWhileAnotherIsThere() throws Exception {
        home.on(a);
        assertThat(home.check(100).errors()).isEmpty();
    }

    @Test
    void packsOnATargetThatNoLineNamesAreOutOfReach() throws Exception {
        home.on(b).copies(1);
        write("three", 2_000_000);
        home.sync();
        home.on(a);
        List<CheckProblem> errors = home.check(0).errors();
        assertThat(errors).extracting(CheckProblem::kind).contains(Kind.PACK_UNREACHABLE, Kind.COMMIT_UNREACHABLE);
        assertThat(errors)
                .filteredOn(problem -> problem.kind() == Kind.PACK_UNREACHABLE
                        && !problem.paths().isEmpty())
                .allSatisfy(problem -> assertThat(problem.paths()).containsExactly(RelativePath.of("three")));
    }

    @Test
    void versionWhoseChunksLieOnlyOnARetiredTargetIsIncomplete() throws Exception {
        home.copies(1).on(b);
        write("three", 2_000_000);
        home.sync();
        home.vault().catalog().targets().set(b.id(), KnownTarget.State.RETIRED);
        home.vault().catalog().flush();
        assertThat(home.on(a, b).check(0).errors())
                .filteredOn(problem -> problem.kind() == Kind.CHUNK_MISSING)
                .singleElement()
                .satisfies(problem -> assertThat(problem.paths()).containsExactly(RelativePath.of("three")));
    }

    @Test
    void rootsAreCompared() throws Exception {
        ByteBuffer old = b.root().read().orElseThrow();
        write("three", 10);
        home.sync();
        b.root().write(old);
        assertKinds(home.check(0), Kind.ROOT_BEHIND);
        b.root().write(ByteBuffer.wrap(new byte[100]));
        assertThat(home.check(0).errors())
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem.target()).contains(b.id()));
        SpoiltBackend fresh = new SpoiltBackend("fresh");
        assertKinds(home.on(a, fresh).check(0), Kind.ROOT_MISSING);
        shakyB.from(Operation.READ_ROOT, 1, Fault.UNAVAILABLE);
        assertThat(home.on(a, shakyB).check(0).errors())
                .extracting(CheckProblem::kind)
                .contains(Kind.ROOT_UNREACHABLE);
    }

    @Test
    void rootOfAForkIsTold() throws Exception {
        SpoiltBackend other = new SpoiltBackend("other");
        try (TestVault twin = home.twin(folder.resolve("twin"), other)) {
            Files.writeString(twin.synced().resolve("else"), "else");
            twin.sync();
        }
        assertKinds(home.on(a, shakyB, other).check(0), Kind.ROOT_FORKED);
    }

    @Test
    void newestCommitIsVerified() throws Exception {
        Root root = Root.decode(head().root().toArray());
        Root.Copy copy = root.ownFirst(a.id()).copies().get(0);
        a.flip(copy.commit(), 50);
        assertKinds(home.check(0), Kind.COMMIT_DAMAGED);
        a.lose(copy.commit());
        assertKinds(home.check(0), Kind.COMMIT_MISSING);
    }

    @Test
    void catalogPacksAreAlwaysRead() throws Exception {
        Commit.CatalogPack pack = catalogPacks().get(0);
        pack.copies().stream()
                .filter(copy -> copy.target().equals(a.id()))
                .forEach(copy -> a.flip(copy.address(), 120));
        assertThat(home.check(0).errors()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.CHUNK_DAMAGED);
            assertThat(problem.pack()).contains(pack.id());
        });
    }

    @Test
    void bitFlippedOnDiskIsFound() throws Exception {
        Path disk = folder.resolve("disk");
        var surroundings = new StorageBackendProvider.Surroundings(folder, folder, true, home.time(), new Random(1));
        try (TestVault onDisk = new TestVault(
                folder.resolve("other"), 1, new FolderBackendProvider().open("file:" + disk, surroundings))) {
            Files.write(onDisk.synced().resolve("file"), new byte[100_000]);
            onDisk.sync();
            assertThat(onDisk.check(100).errors()).isEmpty();
            StoredPack pack = StoredPlaces.dataPacks(onDisk).get(0);
            String name = pack.copies().get(0).address().value();
            try (Stream<Path> files = Files.walk(disk)) {
                Path blob =
                        files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
                byte[] bytes = Files.readAllBytes(blob);
                bytes[100] ^= 1;
                blob.toFile().setWritable(true);
                Files.write(blob, bytes);
            }
            assertThat(onDisk.check(0).errors()).isEmpty();
            assertThat(onDisk.check(100).errors())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.paths()).containsExactly(RelativePath.of("file")));
        }
    }

    @Test
    void stopsWhenAsked() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        CheckOptions options = new CheckOptions(100, () -> questions.incrementAndGet() > 4);
        CheckReport report = home.vault().check(options, CheckEvent.Listener.SILENT);
        assertThat(report.interrupted()).isTrue();
        assertThat(report.errors()).isEmpty();
    }

    private CommitLog.Head head() throws IOException {
        return home.vault().catalog().commits().head().orElseThrow();
    }

    private List<Commit.CatalogPack> catalogPacks() throws IOException {
        Root root = Root.decode(head().root().toArray());
        return List.copyOf(
                CommitPacks.located(CommitReader.decode(head()), root).values());
    }

    private static void assertOne(Kind kind, StoredPack pack, CheckReport report) {
        assertThat(report.errors()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(kind);
            assertThat(problem.pack()).contains(pack.id());
        });
    }

    private static void assertKinds(CheckReport report, Kind... kinds) {
        assertThat(report.errors()).extracting(CheckProblem::kind).containsExactly(kinds);
    }

    private void write(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(name.hashCode() + size).nextBytes(content);
        Path file = home.synced().resolve(name);
        Files.deleteIfExists(file);
        Files.write(file, content);
    }
}
