package dev.dsync.pipeline.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.CheckReport;
import dev.dsync.pipeline.FolderRecords;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.pipeline.StoredPlaces;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.pipeline.content.FileContent;
import dev.dsync.source.ExcludeRules;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.TestVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassicLayoutTest {

    @TempDir
    private Path folder;

    private final SpoiltBackend a = new SpoiltBackend("a");
    private final SpoiltBackend b = new SpoiltBackend("b");
    private TestVault home;
    private byte[] large;

    @BeforeEach
    void open() throws IOException {
        home = new TestVault(folder.resolve("home"), 1, a, b);
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    private void write(String path, byte[] content) throws IOException {
        Path place = home.synced().resolve(path);
        Files.createDirectories(place.getParent());
        Files.write(place, content);
    }

    private SyncReport sync() throws Exception {
        home.time().pass(Duration.ofMinutes(1));
        FolderRecords records =
                (path, meta, files, folders) -> (path + ":" + files + ":" + folders).getBytes(StandardCharsets.UTF_8);
        return home.vault()
                .sync(SyncOptions.builder().classic(records).build(), ExcludeRules.NONE, SyncEvent.Listener.SILENT);
    }

    private void syncLarge() throws Exception {
        large = new byte[9_000_000];
        new Random(1).nextBytes(large);
        write("large", large);
        write("sub/small", new byte[] {1, 2, 3});
        sync();
    }

    private List<StoredPack> parts() throws IOException {
        List<StoredPack> parts = new ArrayList<>();
        try (var all = home.vault().catalog().packs().all(PackKind.CLASSIC)) {
            all.forEachRemaining(parts::add);
        }
        return parts;
    }

    private StoredPack firstPartOf(String path) throws IOException {
        Version version = home.vault()
                .catalog()
                .versions()
                .newest(RelativePath.of(path))
                .orElseThrow()
                .version();
        var name = home.vault().catalog().versions().chunks(version).get(0);
        return home.vault().catalog().packs().locate(name).get(0).pack();
    }

    private SpoiltBackend target(StoredPack part) {
        return part.copies().get(0).target().equals(a.id()) ? a : b;
    }

    @Test
    void partsAreOfTheOriginalsSizeAndCarryNothingElse() throws Exception {
        syncLarge();
        // A token of nine million bytes, compressed in vain: 12,003,000 characters and some.
        assertThat(parts()).extracting(StoredPack::size).contains(ClassicPartition.PART_BYTES);
        assertThat(ClassicPartition.PART_BYTES).isEqualTo(10_475_274);
        assertThat(parts()).hasSize(4);
    }

    @Test
    void restoredFilesAreWhatWasStored() throws Exception {
        syncLarge();
        assertThat(home.restore(folder.resolve("back")).failed()).isEmpty();
        assertThat(folder.resolve("back/large")).hasBinaryContent(large);
        assertThat(folder.resolve("back/sub/small")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(home.home().state().resolve("spool"))
                .satisfiesAnyOf(
                        spool -> assertThat(spool).doesNotExist(),
                        spool -> assertThat(spool).isEmptyDirectory());
    }

    @Test
    void contentIsReadFromAnyPlaceOn() throws Exception {
        syncLarge();
        FileContent content = home.content("large");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        content.transferTo(8_000_000, 1_000_000, out);
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(large, 8_000_000, 9_000_000));
        try (SeekableByteChannel channel = content.channel()) {
            for (int at : new int[] {5_000_000, 10, 8_999_990, 0}) {
                ByteBuffer ten = ByteBuffer.allocate(10);
                channel.position(at);
                while (ten.hasRemaining()) {
                    channel.read(ten);
                }
                assertThat(ten.array()).isEqualTo(Arrays.copyOfRange(large, at, at + 10));
            }
        }
    }

    @Test
    void nothingOfADamagedTokenIsGivenOut() throws Exception {
        syncLarge();
        StoredPack part = firstPartOf("large");
        target(part).flip(StoredPlaces.on(target(part), part), 5_000_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> home.content("large").transferTo(0, large.length, out))
                .withMessageContaining("large")
                .withMessageContaining("part 1 of 2");
        assertThat(out.size()).isZero();
        assertThat(home.restore(folder.resolve("back")).failed())
                .singleElement()
                .satisfies(failure -> assertThat(failure.path()).isEqualTo("large"));
        assertThat(folder.resolve("back/large")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 100})
    void checkFindsNothingWhereNothingIsWrong(int percent) throws Exception {
        syncLarge();
        CheckReport report = home.check(percent);
        assertThat(report.errors()).isEmpty();
        assertThat(report.packsChecked()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void flippedBitOfAPartNamesTargetPartAndPath() throws Exception {
        syncLarge();
        StoredPack part = firstPartOf("large");
        target(part).flip(StoredPlaces.on(target(part), part), 7_000_000);
        assertThat(home.check(0).errors()).isEmpty();
        assertThat(home.check(100).errors()).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.PACK_DAMAGED);
            assertThat(problem.target()).contains(target(part).id());
            assertThat(problem.pack()).contains(part.id());
            assertThat(problem.paths()).containsExactly(RelativePath.of("large"));
        });
    }

    @Test
    void partThatIsGoneIsMissedByEveryCheckAndStoredAgain() throws Exception {
        syncLarge();
        StoredPack part = firstPartOf("large");
        target(part).delete(List.of(part.copies().get(0).address()));
        assertThat(home.check(0).errors()).extracting(CheckProblem::kind).contains(Kind.PACK_MISSING);
        sync();
        // Stored anew a token is another one; its parts stand for those of the version before too.
        assertThat(home.check(100).errors()).isEmpty();
        assertThat(home.restore(folder.resolve("first"), 1).failed()).isEmpty();
        assertThat(folder.resolve("first/large")).hasBinaryContent(large);
        assertThat(home.restore(folder.resolve("back")).failed()).isEmpty();
        assertThat(folder.resolve("back/large")).hasBinaryContent(large);
    }

    @Test
    void pruneFreesPartsThatNothingNeedsAndNoOthers() throws Exception {
        syncLarge();
        write("large", new byte[] {9});
        home.time().pass(Duration.ofDays(2));
        sync();
        home.time().pass(Duration.ofDays(100));
        sync();
        int before = parts().size();
        PruneReport report = home.prune(Duration.ZERO, Duration.ofDays(1));
        assertThat(report.packsDeleted()).isGreaterThanOrEqualTo(2);
        assertThat(parts()).hasSize(before - 2);
        assertThat(home.check(100).errors()).isEmpty();
        assertThat(home.restore(folder.resolve("back")).failed()).isEmpty();
        assertThat(folder.resolve("back/large")).hasBinaryContent(new byte[] {9});
        assertThat(folder.resolve("back/sub/small")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void renamedFileAndOtherTimeKeepItsParts() throws Exception {
        syncLarge();
        Files.setLastModifiedTime(
                home.synced().resolve("large"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000));
        assertThat(sync().packs()).isLessThan(3);
        assertThat(parts()).hasSize(4);
    }
}
