package dev.dsync.pipeline.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.pipeline.StoredPlaces;
import dev.dsync.source.FileFailure;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreFallbackTest {

    @TempDir
    private Path folder;

    private final SpoiltBackend a = new SpoiltBackend("a");
    private final SpoiltBackend b = new SpoiltBackend("b");
    private TestVault home;

    @BeforeEach
    void open() throws IOException {
        home = new TestVault(folder.resolve("home"), 1, a, b);
        write("one", 7_000_000);
        write("two", 7_000_000);
        write("three", 100);
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @Test
    void everyDamagedChunkComesFromTheOtherCopy() throws Exception {
        home.copies(2).sync();
        boolean fromA = true;
        for (StoredPack pack : StoredPlaces.dataPacks(home)) {
            SpoiltBackend target = fromA ? a : b;
            PackDirectory directory = home.vault().catalog().packs().directory(pack.id());
            target.flip(
                    StoredPlaces.on(target, pack),
                    StoredPlaces.inside(directory.entries().get(0)));
            fromA = !fromA;
        }
        assertRestores();
    }

    @Test
    void lostPackComesFromTheOtherCopy() throws Exception {
        home.copies(2).sync();
        StoredPlaces.dataPacks(home).forEach(pack -> a.lose(StoredPlaces.on(a, pack)));
        assertRestores();
    }

    @Test
    void chunksOfALostPackComeFromOtherPacks() throws Exception {
        storeOnBothApart();
        StoredPlaces.dataPacks(home).stream()
                .filter(pack -> pack.copies().get(0).target().equals(a.id()))
                .forEach(pack -> a.lose(StoredPlaces.on(a, pack)));
        assertRestores();
        assertThat(home.check(0).errors())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.target()).contains(a.id()));
    }

    @Test
    void damagedChunksComeFromOtherPacks() throws Exception {
        storeOnBothApart();
        for (int chunk = 0; chunk < 4; chunk++) {
            List<ChunkPlace> places = StoredPlaces.places(home, "one", chunk);
            assertThat(places).hasSize(2);
            ChunkPlace spoilt = places.get(chunk % 2);
            SpoiltBackend target = spoilt.pack().copies().get(0).target().equals(a.id()) ? a : b;
            target.flip(StoredPlaces.on(target, spoilt.pack()), StoredPlaces.inside(spoilt.entry()));
        }
        assertRestores();
        byte[] one = Files.readAllBytes(home.synced().resolve("one"));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        home.content("one").transferTo(0, one.length, read);
        assertThat(read.toByteArray()).isEqualTo(one);
    }

    @Test
    void onlyFilesThatNeedTheDamageFailAndSayWhere() throws Exception {
        home.sync();
        ChunkPlace place = StoredPlaces.places(home, "two", 1).get(0);
        SpoiltBackend target = place.pack().copies().get(0).target().equals(a.id()) ? a : b;
        target.flip(StoredPlaces.on(target, place.pack()), StoredPlaces.inside(place.entry()));
        PackEntry entry = place.entry();
        RestoreReport report = home.restore(folder.resolve("to"));
        assertThat(report.restored()).isEqualTo(2);
        assertThat(report.failed()).extracting(FileFailure::path).containsExactly("two");
        assertThat(report.failed().get(0).reason())
                .contains("chunk " + entry.index())
                .contains(place.pack().id().toString());
        assertThat(Snapshot.of(folder.resolve("to")).paths()).containsOnlyKeys("one", "three");
    }

    /** Every chunk lies in a pack on a and, as if a had been gone for a while, in another on b. */
    private void storeOnBothApart() throws Exception {
        home.on(a).sync();
        home.vault().catalog().targets().set(a.id(), KnownTarget.State.RETIRED);
        home.vault().catalog().flush();
        home.on(b).sync();
        home.vault().catalog().targets().set(a.id(), KnownTarget.State.ACTIVE);
        home.vault().catalog().flush();
        home.on(a, b);
    }

    private void assertRestores() throws Exception {
        Path to = folder.resolve("to");
        assertThat(home.restore(to).failed()).isEmpty();
        assertThat(Snapshot.of(to)).isEqualTo(Snapshot.of(home.synced()));
    }

    private void write(String name, int size) throws IOException {
        byte[] content = new byte[size];
        new Random(name.hashCode()).nextBytes(content);
        Files.write(home.synced().resolve(name), content);
    }
}
