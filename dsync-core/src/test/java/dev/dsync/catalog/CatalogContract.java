package dev.dsync.catalog;

import static dev.dsync.catalog.CatalogSamples.NOON;
import static dev.dsync.catalog.CatalogSamples.OTHER_TARGET;
import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.head;
import static dev.dsync.catalog.CatalogSamples.pack;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.KnownTarget.State;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link Catalog} promises. Subclass it once per implementation. */
public abstract class CatalogContract {

    private CatalogFiles files;
    private Catalog catalog;

    /** Fresh files for one test. */
    protected abstract CatalogFiles files();

    @BeforeEach
    void openCatalog() {
        files = files();
        catalog = files.open();
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    private void reopen() {
        catalog.close();
        catalog = files.open();
    }

    @Nested
    class OfVersions extends VersionsContract {
        @Override
        Catalog catalog() {
            return catalog;
        }
    }

    @Nested
    class OfPacks extends PacksContract {
        @Override
        Catalog catalog() {
            return catalog;
        }
    }

    @Nested
    class OfCommits extends CommitLogContract {
        @Override
        Catalog catalog() {
            return catalog;
        }
    }

    @Nested
    class OfRanges extends RecordsContract {
        @Override
        Catalog catalog() {
            return catalog;
        }
    }

    private void fill() {
        catalog.packs().record(dataPack(1, 10, 11), copies(TARGET));
        catalog.versions().record(file("folder/a", 1), chunks(10, 11), OptionalLong.of(-7));
        catalog.targets().set(OTHER_TARGET, State.RETIRED);
        catalog.commits().setHead(head(3));
        catalog.commits().remember(head(3).info(), copies(TARGET));
        catalog.home().set("home.name", Optional.of("value"));
    }

    private static void assertFilled(Catalog filled) {
        Versions.Known known = filled.versions().newest(path("folder/a")).orElseThrow();
        assertThat(known).isEqualTo(new Versions.Known(file("folder/a", 1), OptionalLong.of(-7)));
        assertThat(filled.versions().chunks(known.version())).isEqualTo(chunks(10, 11));
        assertThat(filled.packs().directory(pack(1))).isEqualTo(dataPack(1, 10, 11));
        assertThat(filled.packs().find(pack(1)).orElseThrow().copies()).isEqualTo(copies(TARGET));
        assertThat(filled.targets().find(OTHER_TARGET).orElseThrow().state()).isEqualTo(State.RETIRED);
        assertThat(filled.commits().head()).contains(head(3));
        assertThat(filled.commits().history()).containsExactly(head(3).info());
        assertThat(filled.commits().hasUncommitted()).isTrue();
        assertThat(filled.home().get("home.name")).contains("value");
    }

    private static void assertEmpty(Catalog empty) {
        assertThat(empty.versions().children(path(""))).isEmpty();
        assertThat(empty.packs().totals()).isEqualTo(new Packs.Totals(0, 0, 0, 0, 0));
        assertThat(empty.targets().all()).isEmpty();
        assertThat(empty.commits().head()).isEmpty();
        assertThat(empty.commits().history()).isEmpty();
        assertThat(empty.commits().hasUncommitted()).isFalse();
        assertThat(empty.home().get("home.name")).isEmpty();
    }

    @Test
    void startsEmpty() {
        assertEmpty(catalog);
    }

    @Test
    void whatWasRecordedIsSeenBeforeTheFlush() {
        fill();
        assertFilled(catalog);
    }

    @Test
    void whatWasFlushedIsThereAfterReopening() {
        fill();
        catalog.flush();
        reopen();
        assertFilled(catalog);
    }

    @Test
    void whatWasFlushedSurvivesACrash() {
        fill();
        catalog.flush();
        try (Catalog recovered = files.openAsAfterCrashOf(catalog)) {
            assertFilled(recovered);
        }
    }

    @Test
    void crashGoesBackToTheLastFlushAsAWhole() {
        fill();
        catalog.flush();
        catalog.versions().record(file("folder/b", 2), chunks(10), UNSEEN);
        catalog.versions().saw(path("folder/a"), UNSEEN);
        catalog.packs().relocate(pack(1), copies(OTHER_TARGET));
        catalog.commits().assign(9);
        catalog.home().set("home.name", Optional.empty());
        try (Catalog recovered = files.openAsAfterCrashOf(catalog)) {
            assertFilled(recovered);
            assertThat(recovered.versions().newest(path("folder/b"))).isEmpty();
        }
    }

    @Test
    void crashBeforeTheFirstFlushLeavesNothing() {
        fill();
        try (Catalog recovered = files.openAsAfterCrashOf(catalog)) {
            assertEmpty(recovered);
        }
    }

    @Test
    void closingDoesNotFlush() {
        fill();
        reopen();
        assertEmpty(catalog);
    }

    @Test
    void flushingTwiceIsHarmless() {
        fill();
        catalog.flush();
        catalog.flush();
        assertFilled(catalog);
    }

    @Test
    void nothingWorksAfterClosing() {
        Catalog closed = files.open();
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.versions().newest(path("a"))).isInstanceOf(CatalogException.class);
        assertThatThrownBy(() -> closed.targets().remember(TARGET)).isInstanceOf(CatalogException.class);
        assertThatThrownBy(closed::flush).isInstanceOf(CatalogException.class);
    }

    @Test
    void factsOfTheHomeAreReplacedAndRemoved() {
        catalog.home().set("a.b", Optional.of("one"));
        catalog.home().set("a.b", Optional.of("zwei ü"));
        assertThat(catalog.home().get("a.b")).contains("zwei ü");
        assertThat(catalog.home().get("a")).isEmpty();
        catalog.home().set("a.b", Optional.empty());
        assertThat(catalog.home().get("a.b")).isEmpty();
        assertThat(catalog.commits().hasUncommitted()).isFalse();
    }

    @Test
    void targetsAreListedByIdWithWhatLiesOnEach() {
        catalog.targets().remember(TARGET);
        catalog.packs().record(dataPack(1, 10), copies(TARGET, OTHER_TARGET));
        catalog.packs().record(dataPack(2, 20, 21), copies(TARGET, TARGET));
        long one = dataPack(1, 10).size();
        long two = dataPack(2, 20, 21).size();
        assertThat(catalog.targets().all())
                .containsExactly(
                        new KnownTarget(OTHER_TARGET, State.ACTIVE, 1, one),
                        new KnownTarget(TARGET, State.ACTIVE, 2, one + 2 * two));
    }

    @Test
    void retiredTargetStaysRetiredWhenRemembered() {
        catalog.targets().set(TARGET, State.RETIRED);
        catalog.targets().remember(TARGET);
        assertThat(catalog.targets().find(TARGET)).contains(new KnownTarget(TARGET, State.RETIRED, 0, 0));
        catalog.targets().set(TARGET, State.ACTIVE);
        assertThat(catalog.targets().find(TARGET)).contains(new KnownTarget(TARGET, State.ACTIVE, 0, 0));
        assertThat(catalog.targets().find(OTHER_TARGET)).isEmpty();
    }

    @Test
    void onlyAChangeOfATargetIsANewRecord() {
        catalog.targets().remember(TARGET);
        catalog.commits().assign(1);
        catalog.targets().remember(TARGET);
        catalog.targets().set(TARGET, State.ACTIVE);
        assertThat(catalog.commits().hasUncommitted()).isFalse();
        catalog.targets().set(TARGET, State.RETIRED);
        assertThat(catalog.commits().hasUncommitted()).isTrue();
    }

    @Test
    void newestCommitUpToATimeIsFound() {
        catalog.commits().remember(head(1).info(), copies());
        catalog.commits().remember(head(3).info(), copies());
        assertThat(catalog.commits().sequenceAt(NOON)).isEmpty();
        assertThat(catalog.commits().sequenceAt(NOON.plusSeconds(2))).hasValue(1);
        assertThat(catalog.commits().sequenceAt(NOON.plusSeconds(3))).hasValue(3);
    }

    @Test
    void manyThreadsRecordAndReadAtOnce() throws Exception {
        catalog.packs().record(dataPack(1, 10), copies(TARGET));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Future<?>[] work = new Future<?>[4];
            for (int thread = 0; thread < work.length; thread++) {
                String folder = "folder" + thread;
                work[thread] = threads.submit(() -> recordAndRead(folder));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(catalog.versions().totals().files()).isEqualTo(4 * 50);
    }

    private void recordAndRead(String folder) {
        for (int i = 0; i < 50; i++) {
            catalog.versions().record(file(folder + "/" + i, i), chunks(10), UNSEEN);
            assertThat(catalog.versions().children(path(folder))).hasSize(i + 1);
            assertThat(CatalogSamples.all(catalog.versions().liveBelow(path(""))))
                    .hasSizeGreaterThan(i);
        }
    }
}
