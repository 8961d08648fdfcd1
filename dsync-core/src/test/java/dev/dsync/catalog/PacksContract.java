package dev.dsync.catalog;

import static dev.dsync.catalog.CatalogSamples.OTHER_TARGET;
import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.all;
import static dev.dsync.catalog.CatalogSamples.chunk;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.classicPart;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.directory;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.pack;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.KnownTarget.State;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Packs.PackPlan;
import dev.dsync.catalog.Packs.PlannedChunk;
import dev.dsync.catalog.Packs.ReadPlan;
import dev.dsync.catalog.Packs.Totals;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link Packs} promise. Part of {@link CatalogContract}. */
abstract class PacksContract {

    private Packs packs;

    abstract Catalog catalog();

    @BeforeEach
    void takePacks() {
        packs = catalog().packs();
    }

    private static StoredPack stored(PackDirectory directory, List<StoredCopy> copies) {
        return new StoredPack(directory.id(), directory.kind(), directory.suite(), directory.size(), copies);
    }

    private static ChunkPlace place(PackDirectory directory, List<StoredCopy> copies, int index) {
        return new ChunkPlace(stored(directory, copies), directory.entries().get(index));
    }

    private static PlannedChunk planned(PackDirectory directory, int index, int file, long offset) {
        return new PlannedChunk(directory.entries().get(index), file, offset);
    }

    @Test
    void packComesBackAsItWasRecorded() {
        long[] many = LongStream.range(100, 143).toArray();
        PackDirectory large = directory(2, PackKind.DATA, many);
        PackDirectory plain = new PackDirectory(pack(3), PackKind.CATALOG, Suite.NONE, 88, List.of());
        packs.record(large, copies(TARGET, OTHER_TARGET));
        packs.record(plain, copies());
        assertThat(packs.directory(pack(2))).isEqualTo(large);
        assertThat(packs.directory(pack(3))).isEqualTo(plain);
        assertThat(packs.find(pack(2))).contains(stored(large, copies(TARGET, OTHER_TARGET)));
        assertThat(packs.find(pack(4))).isEmpty();
        for (int i = 0; i < many.length; i++) {
            assertThat(packs.locate(chunk(many[i]))).containsExactly(place(large, copies(TARGET, OTHER_TARGET), i));
        }
    }

    @Test
    void classicPartIsHeldLikeAChunkAndCountsItsOwnBytes() {
        PackDirectory part = classicPart(2, 20, 10_475_274);
        PackDirectory ofUnknownLength = classicPart(3, 21, 0);
        packs.record(part, copies(TARGET, OTHER_TARGET));
        packs.record(ofUnknownLength, copies(TARGET));
        packs.record(dataPack(1, 10), copies(TARGET));
        assertThat(packs.holds(chunk(20))).isTrue();
        assertThat(packs.directory(pack(3))).isEqualTo(ofUnknownLength);
        assertThat(packs.locate(chunk(20))).containsExactly(place(part, copies(TARGET, OTHER_TARGET), 0));
        assertThat(all(packs.ofContent())).extracting(StoredPack::id).containsExactly(pack(1), pack(2), pack(3));
        assertThat(packs.totals().rawChunkBytes()).isEqualTo(10_475_274 + 1000);
        assertThat(packs.totals().encodedChunkBytes()).isEqualTo(10_475_274 + 500);
    }

    @Test
    void packCannotBeRecordedTwiceNorUsedUnrecorded() {
        packs.record(dataPack(1, 10), copies(TARGET));
        assertThatThrownBy(() -> packs.record(dataPack(1, 10), copies(TARGET)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packs.relocate(pack(2), copies(TARGET))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> packs.directory(pack(2))).isInstanceOf(IllegalArgumentException.class);
        packs.remove(pack(2));
        assertThat(packs.totals().packs()).isEqualTo(1);
    }

    @Test
    void chunkIsHeldOnceItsPackIsRecorded() {
        assertThat(packs.holds(chunk(10))).isFalse();
        packs.record(dataPack(1, 10), copies(TARGET));
        assertThat(packs.holds(chunk(10))).isTrue();
        assertThat(packs.holds(chunk(11))).isFalse();
    }

    @Test
    void packWithoutCopiesHoldsNothing() {
        packs.record(dataPack(1, 10), copies());
        assertThat(packs.holds(chunk(10))).isFalse();
        packs.relocate(pack(1), copies(TARGET));
        assertThat(packs.holds(chunk(10))).isTrue();
        packs.relocate(pack(1), copies());
        assertThat(packs.holds(chunk(10))).isFalse();
        assertThat(packs.find(pack(1)).orElseThrow().copies()).isEmpty();
    }

    @Test
    void packOnRetiredTargetsAloneHoldsNothing() {
        packs.record(dataPack(1, 10), copies(TARGET, OTHER_TARGET));
        catalog().targets().set(TARGET, State.RETIRED);
        assertThat(packs.holds(chunk(10))).isTrue();
        catalog().targets().set(OTHER_TARGET, State.RETIRED);
        assertThat(packs.holds(chunk(10))).isFalse();
        assertThat(packs.locate(chunk(10))).hasSize(1);
        catalog().targets().set(TARGET, State.ACTIVE);
        assertThat(packs.holds(chunk(10))).isTrue();
    }

    @Test
    void catalogPackHoldsNoFileContent() {
        packs.record(directory(1, PackKind.CATALOG, 10), copies(TARGET));
        assertThat(packs.holds(chunk(10))).isFalse();
        assertThat(packs.locate(chunk(10))).hasSize(1);
    }

    @Test
    void chunkInTwoPacksIsFoundInBothTheUsableFirst() {
        PackDirectory first = dataPack(1, 9, 10);
        PackDirectory second = dataPack(2, 10, 11);
        packs.record(first, copies(OTHER_TARGET));
        packs.record(second, copies(TARGET));
        assertThat(packs.locate(chunk(10)))
                .containsExactlyInAnyOrder(place(first, copies(OTHER_TARGET), 1), place(second, copies(TARGET), 0));
        catalog().targets().set(OTHER_TARGET, State.RETIRED);
        assertThat(packs.locate(chunk(10)))
                .containsExactly(place(second, copies(TARGET), 0), place(first, copies(OTHER_TARGET), 1));
        packs.remove(pack(2));
        assertThat(packs.locate(chunk(10))).containsExactly(place(first, copies(OTHER_TARGET), 1));
        assertThat(packs.holds(chunk(10))).isFalse();
    }

    @Test
    void removedPackIsGoneButVersionsKeepTheirChunks() {
        packs.record(dataPack(1, 10, 11), copies(TARGET));
        catalog().versions().record(file("a", 1), chunks(11, 10), UNSEEN);
        packs.record(dataPack(2, 11, 10), copies(TARGET));
        packs.remove(pack(1));
        assertThat(packs.find(pack(1))).isEmpty();
        assertThat(packs.holds(chunk(10))).isTrue();
        assertThat(catalog().versions().chunks(file("a", 1))).isEqualTo(chunks(11, 10));
        packs.remove(pack(2));
        assertThat(packs.holds(chunk(10))).isFalse();
        assertThat(packs.locate(chunk(10))).isEmpty();
        assertThat(catalog().versions().chunks(file("a", 1))).isEqualTo(chunks(11, 10));
        assertThatThrownBy(() -> catalog().versions().record(file("b", 1), chunks(10), UNSEEN))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void removalThatNoCommitCarriesIsTakenBackByRecordingThePackAgain() {
        packs.record(dataPack(1, 10), copies(TARGET));
        catalog().commits().assign(1);
        packs.remove(pack(1));
        packs.record(dataPack(1, 10), copies(OTHER_TARGET));
        assertThat(packs.find(pack(1))).contains(stored(dataPack(1, 10), copies(OTHER_TARGET)));
        catalog().commits().assign(2);
        assertThat(all(catalog().commits().records(1, 2)))
                .containsExactly(
                        new CatalogRecord.PackContents(dataPack(1, 10), 2),
                        new CatalogRecord.PackCopies(pack(1), copies(OTHER_TARGET), 2));
    }

    @Test
    void allPacksOfAKindComeInTheOrderTheyWereRecorded() {
        packs.record(dataPack(3, 30), copies(TARGET));
        packs.record(directory(2, PackKind.CATALOG, 20), copies());
        packs.record(dataPack(1, 10), copies());
        packs.relocate(pack(3), copies(OTHER_TARGET));
        assertThat(all(packs.all(PackKind.DATA)))
                .containsExactly(stored(dataPack(3, 30), copies(OTHER_TARGET)), stored(dataPack(1, 10), copies()));
        assertThat(all(packs.all(PackKind.CATALOG)))
                .containsExactly(stored(directory(2, PackKind.CATALOG, 20), copies()));
    }

    @Test
    void totalsCountEachCopyAndEachChunkOfEachPack() {
        packs.record(dataPack(1, 10, 11), copies(TARGET, OTHER_TARGET));
        packs.record(dataPack(2, 11), copies());
        packs.record(dataPack(3, 12), copies(TARGET));
        packs.remove(pack(3));
        assertThat(packs.totals())
                .isEqualTo(new Totals(2, 2L * dataPack(1, 10, 11).size(), 3, 3000, 1500));
    }

    @Test
    void planReadsEachPackOnceInTheOrderFilesNeedThem() {
        PackDirectory one = dataPack(1, 10, 11, 12);
        PackDirectory two = dataPack(2, 20, 21);
        packs.record(one, copies(TARGET));
        packs.record(two, copies(TARGET));
        try (ReadPlan plan = packs.plan()) {
            assertThat(plan.add(7, chunks(21, 11))).isEmpty();
            assertThat(plan.add(8, chunks(12, 10, 12))).isEmpty();
            assertThat(plan.add(9, ChunkList.EMPTY)).isEmpty();
            assertThat(all(plan.packs()))
                    .containsExactly(
                            new PackPlan(stored(two, copies(TARGET)), List.of(planned(two, 1, 7, 0))),
                            new PackPlan(
                                    stored(one, copies(TARGET)),
                                    List.of(
                                            planned(one, 0, 8, 1000),
                                            planned(one, 1, 7, 1000),
                                            planned(one, 2, 8, 0),
                                            planned(one, 2, 8, 2000))));
        }
    }

    @Test
    void planLeavesOutAFileThatMissesAChunkAndNamesWhatIsMissing() {
        PackDirectory one = dataPack(1, 10);
        packs.record(one, copies(TARGET));
        packs.record(dataPack(2, 20), copies());
        try (ReadPlan plan = packs.plan()) {
            assertThat(plan.add(1, chunks(10, 20, 99))).isEqualTo(List.of(chunk(20), chunk(99)));
            assertThat(plan.add(2, chunks(10))).isEmpty();
            assertThat(all(plan.packs()))
                    .containsExactly(new PackPlan(stored(one, copies(TARGET)), List.of(planned(one, 0, 2, 0))));
        }
    }

    @Test
    void planPrefersAPackOnAnActiveTargetAndMakesDoWithAnother() {
        PackDirectory retired = dataPack(1, 10, 11);
        PackDirectory active = dataPack(2, 10);
        packs.record(retired, copies(OTHER_TARGET));
        packs.record(active, copies(TARGET));
        catalog().targets().set(OTHER_TARGET, State.RETIRED);
        try (ReadPlan plan = packs.plan()) {
            assertThat(plan.add(1, chunks(10, 11))).isEmpty();
            assertThat(all(plan.packs()).stream().map(each -> each.pack().id())).containsExactly(pack(2), pack(1));
        }
    }

    @Test
    void plansDoNotMixAndRecordingGoesOnMeanwhile() {
        packs.record(dataPack(1, 10, 11), copies(TARGET));
        try (ReadPlan one = packs.plan()) {
            one.add(1, chunks(10));
            try (ReadPlan two = packs.plan()) {
                two.add(2, chunks(11));
                catalog().versions().record(file("a", 1), chunks(10), UNSEEN);
                one.add(3, chunks(10));
                catalog().flush();
                assertThat(all(two.packs()).get(0).chunks())
                        .extracting(PlannedChunk::file)
                        .containsExactly(2);
            }
            assertThat(all(one.packs()).get(0).chunks())
                    .extracting(PlannedChunk::file)
                    .containsExactly(1, 3);
        }
        assertThat(catalog().versions().newest(path("a"))).isPresent();
    }
}
