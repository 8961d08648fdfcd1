package dev.dsync.catalog;

import static dev.dsync.catalog.CatalogSamples.OTHER_TARGET;
import static dev.dsync.catalog.CatalogSamples.OTHER_WRITER;
import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.WRITER;
import static dev.dsync.catalog.CatalogSamples.all;
import static dev.dsync.catalog.CatalogSamples.by;
import static dev.dsync.catalog.CatalogSamples.chunk;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.commit;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.deleted;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.head;
import static dev.dsync.catalog.CatalogSamples.pack;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackCopies;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.TargetState;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.catalog.CatalogRecord.WriterSeen;
import dev.dsync.catalog.KnownTarget.State;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link CommitLog} promises of records that come, go and wait. Part of {@link CatalogContract}. */
abstract class CommitLogContract {

    private CommitLog log;

    abstract Catalog catalog();

    @BeforeEach
    void takeLog() {
        log = catalog().commits();
    }

    private List<CatalogRecord> records(long from, long to) {
        return all(log.records(from, to));
    }

    private void apply(CatalogRecord... records) {
        for (CatalogRecord record : records) {
            log.apply(record);
        }
    }

    private void recordEverything() {
        log.apply(new WriterSeen(WRITER, "host", "/folder", Version.UNCOMMITTED));
        catalog().packs().record(dataPack(1, 10, 11), copies(TARGET));
        catalog().versions().record(file("a", 1), chunks(10), OptionalLong.of(1));
        catalog().targets().remember(TARGET);
    }

    private static List<CatalogRecord> everything(long sequence) {
        return List.of(
                new WriterSeen(WRITER, "host", "/folder", sequence),
                new TargetState(TARGET, State.ACTIVE, sequence),
                new PackContents(dataPack(1, 10, 11), sequence),
                new PackCopies(pack(1), copies(TARGET), sequence),
                new PathVersion(file("a", 1).at(sequence), chunks(10)));
    }

    @Test
    void eachKindOfRecordWaitsForACommitAndGetsItsSequence() {
        List<Runnable> changes = List.of(
                () -> log.apply(new WriterSeen(WRITER, "host", "/folder", Version.UNCOMMITTED)),
                () -> catalog().packs().record(dataPack(1, 10), copies(TARGET)),
                () -> catalog().packs().relocate(pack(1), copies(OTHER_TARGET)),
                () -> catalog().versions().record(file("a", 1), chunks(10), UNSEEN),
                () -> catalog().versions().remove(file("a", 1).at(4)),
                () -> catalog().packs().remove(pack(1)),
                () -> catalog().targets().set(TARGET, State.RETIRED));
        long sequence = 0;
        for (Runnable change : changes) {
            assertThat(log.hasUncommitted()).isFalse();
            change.run();
            assertThat(log.hasUncommitted()).as("after change %d", sequence + 1).isTrue();
            log.assign(++sequence);
            assertThat(records(0, sequence))
                    .allSatisfy(record -> assertThat(record.sequence()).isLessThan(Version.UNCOMMITTED));
        }
        assertThat(log.hasUncommitted()).isFalse();
    }

    @Test
    void commitIsRememberedAsItWasLast() {
        CommitInfo commit = commit(3, WRITER);
        log.remember(commit, copies(TARGET));
        log.remember(commit, copies(OTHER_TARGET));
        assertThat(records(0, 4)).containsExactly(new CommitMade(commit, copies(OTHER_TARGET), 4));
        apply(new CommitMade(commit, List.of(), 6));
        log.remember(commit, copies(TARGET));
        assertThat(records(0, 6)).containsExactly(new CommitMade(commit, List.of(), 6));
    }

    @Test
    void recordsAreWhatWasRecordedWithTheSequenceOfItsCommit() {
        recordEverything();
        assertThat(records(0, Long.MAX_VALUE)).isEmpty();
        log.assign(3);
        assertThat(records(0, 3)).isEqualTo(everything(3));
        assertThat(records(2, 3)).isEqualTo(everything(3));
        assertThat(records(0, 2)).isEmpty();
        assertThat(records(3, 9)).isEmpty();
        assertThat(catalog()
                        .versions()
                        .newest(path("a"))
                        .orElseThrow()
                        .version()
                        .sequence())
                .isEqualTo(3);
    }

    @Test
    void whatOneCatalogGivesAnotherTakesIn() {
        apply(everything(3).toArray(CatalogRecord[]::new));
        assertThat(records(0, 3)).isEqualTo(everything(3));
        assertThat(log.hasUncommitted()).isFalse();
        assertThat(catalog().packs().holds(chunk(11))).isTrue();
        assertThat(catalog().versions().chunks(file("a", 1).at(3))).isEqualTo(chunks(10));
        apply(everything(3).toArray(CatalogRecord[]::new));
        assertThat(records(0, 3)).isEqualTo(everything(3));
    }

    @Test
    void ofTwoRecordsWithOneKeyTheHigherSequenceHolds() {
        apply(
                new PackContents(dataPack(1, 10), 3),
                new PackCopies(pack(1), copies(TARGET), 5),
                new PackCopies(pack(1), copies(OTHER_TARGET), 4),
                new TargetState(TARGET, State.RETIRED, 2),
                new TargetState(TARGET, State.ACTIVE, 1),
                new WriterSeen(WRITER, "new", "/new", 9),
                new WriterSeen(WRITER, "old", "/old", 8));
        assertThat(catalog().packs().find(pack(1)).orElseThrow().copies()).isEqualTo(copies(TARGET));
        assertThat(catalog().targets().find(TARGET).orElseThrow().state()).isEqualTo(State.RETIRED);
        assertThat(records(0, 9)).contains(new WriterSeen(WRITER, "new", "/new", 9));
    }

    @Test
    void whatIsNotCommittedHoldsOverWhatCommitsCarry() {
        recordEverything();
        catalog().packs().relocate(pack(1), copies(OTHER_TARGET));
        apply(
                new PackCopies(pack(1), copies(TARGET), 5),
                new PathVersion(by(OTHER_WRITER, file("a", 2)).at(5), chunks(11)));
        assertThat(catalog().packs().find(pack(1)).orElseThrow().copies()).isEqualTo(copies(OTHER_TARGET));
        assertThat(catalog().versions().history(path("a")))
                .containsExactly(by(OTHER_WRITER, file("a", 2)).at(5), file("a", 1));
    }

    @Test
    void recordsOfOnePackOrPathMayArriveInAnyOrder() {
        apply(
                new PathVersion(file("a", 2).at(7), chunks(10)),
                new PackCopies(pack(1), copies(TARGET), 7),
                new PathVersion(file("a", 1).at(3), chunks(11, 10)),
                new PackContents(dataPack(1, 10, 11), 3));
        assertThat(catalog().versions().history(path("a")))
                .containsExactly(file("a", 1).at(3), file("a", 2).at(7));
        assertThat(catalog().versions().chunks(file("a", 1).at(3))).isEqualTo(chunks(11, 10));
        assertThat(catalog().packs().holds(chunk(11))).isTrue();
        assertThat(records(0, 9)).hasSize(4);
    }

    @Test
    void whatWasRemovedStaysRemovedWhicheverComesFirst() {
        apply(
                new PackRemoved(pack(1), 6),
                new VersionRemoved(path("a"), 3, WRITER, 6),
                new PackContents(dataPack(1, 10), 3),
                new PackCopies(pack(1), copies(TARGET), 5),
                new PathVersion(file("a", 1).at(3), chunks(10)),
                new PackContents(dataPack(2, 20), 3),
                new PackCopies(pack(2), copies(TARGET), 5),
                new PathVersion(file("b", 1).at(3), chunks(20)),
                new PackRemoved(pack(2), 6),
                new VersionRemoved(path("b"), 3, WRITER, 6));
        assertThat(catalog().packs().totals().packs()).isZero();
        assertThat(catalog().versions().children(path(""))).isEmpty();
        assertThat(records(0, 9)).isEmpty();
        assertThat(records(5, 9))
                .containsExactlyInAnyOrder(
                        new PackRemoved(pack(1), 6),
                        new PackRemoved(pack(2), 6),
                        new VersionRemoved(path("a"), 3, WRITER, 6),
                        new VersionRemoved(path("b"), 3, WRITER, 6));
    }

    @Test
    void removalOfWhatWasNeverCommittedNeedsNoRecord() {
        catalog().packs().record(dataPack(1, 10), copies(TARGET));
        catalog().packs().remove(pack(1));
        assertThat(log.hasUncommitted()).isFalse();
    }

    @Test
    void reopenedRecordsWaitAgainAndOtherWritersVersionsDoNot() {
        recordEverything();
        log.assign(4);
        apply(new PathVersion(by(OTHER_WRITER, file("b", 2)).at(4), chunks(11)));
        log.remember(commit(3, WRITER), copies(TARGET));
        log.reopen(4, WRITER);
        assertThat(log.hasUncommitted()).isTrue();
        assertThat(records(0, 9))
                .containsExactly(
                        new CommitMade(commit(3, WRITER), copies(TARGET), 4),
                        new PathVersion(by(OTHER_WRITER, file("b", 2)).at(4), chunks(11)));
        assertThat(catalog().versions().newest(path("a")).orElseThrow().version())
                .isEqualTo(file("a", 1));
        log.assign(5);
        assertThat(records(4, 5)).isEqualTo(everything(5));
    }

    @Test
    void reopenedVersionGoesOnTopOfTheOtherWritersUnlessItWasReplaced() {
        catalog().packs().record(dataPack(1, 10), copies(TARGET));
        catalog().versions().record(file("a", 1), chunks(10), UNSEEN);
        catalog().versions().record(file("b", 1), chunks(10), UNSEEN);
        log.assign(4);
        Version theirs = by(OTHER_WRITER, file("a", 2)).at(4);
        apply(new PathVersion(theirs, chunks(10)));
        catalog().versions().record(deleted("b"), ChunkList.EMPTY, UNSEEN);
        log.reopen(4, WRITER);
        assertThat(catalog().versions().history(path("a"))).containsExactly(theirs, file("a", 1));
        assertThat(catalog().versions().history(path("b"))).containsExactly(deleted("b"));
        assertThat(catalog().versions().chunks(file("a", 1))).isEqualTo(chunks(10));
    }

    @Test
    void forgettingKeepsOnlyWhatIsOfThisHomeOrNotCommitted() {
        recordEverything();
        log.assign(1);
        log.remember(commit(1, WRITER), copies(TARGET));
        log.setHead(head(1));
        catalog().home().set("home.name", Optional.of("value"));
        catalog().versions().record(file("b/c", 2), chunks(11), OptionalLong.of(2));
        catalog().packs().record(dataPack(2, 20), copies(TARGET));
        catalog().packs().relocate(pack(1), copies(OTHER_TARGET));
        log.forget();
        assertThat(log.head()).isEmpty();
        assertThat(log.history()).isEmpty();
        assertThat(records(0, 9)).isEmpty();
        assertThat(catalog().versions().children(path("")).keySet()).isEmpty();
        assertThat(catalog().versions().chunks(file("b/c", 2))).isEqualTo(chunks(11));
        assertThat(catalog().packs().find(pack(1))).isEmpty();
        assertThat(catalog().packs().holds(chunk(10))).isFalse();
        assertThat(catalog().packs().holds(chunk(20))).isTrue();
        assertThat(catalog().home().get("home.name")).contains("value");
        assertThat(log.hasUncommitted()).isTrue();
    }

    @Test
    void whatWasForgottenCanBeTakenInAnew() {
        recordEverything();
        log.assign(1);
        catalog().versions().record(file("a", 2), chunks(11), OptionalLong.of(2));
        catalog().packs().relocate(pack(1), copies(OTHER_TARGET));
        log.forget();
        catalog().flush();
        apply(everything(1).toArray(CatalogRecord[]::new));
        assertThat(catalog().versions().history(path("a")))
                .containsExactly(file("a", 1).at(1), file("a", 2));
        assertThat(catalog().versions().newest(path("a")).orElseThrow().stamp()).hasValue(2);
        assertThat(catalog().packs().find(pack(1)).orElseThrow().copies()).isEqualTo(copies(OTHER_TARGET));
        assertThat(catalog().packs().locate(chunk(11))).hasSize(1);
        log.assign(2);
        assertThat(records(1, 2))
                .containsExactly(
                        new PackCopies(pack(1), copies(OTHER_TARGET), 2),
                        new PathVersion(file("a", 2).at(2), chunks(11)));
    }

    @Test
    void removalsAreForgottenToo() {
        apply(new PackRemoved(pack(1), 6), new VersionRemoved(path("a"), 3, WRITER, 6));
        log.forget();
        assertThat(records(5, 6)).isEmpty();
        apply(everything(3).toArray(CatalogRecord[]::new));
        assertThat(records(0, 9)).isEqualTo(everything(3));
    }

    @Test
    void stampsOutliveForgetting() {
        recordEverything();
        log.assign(1);
        log.forget();
        assertThat(catalog().versions().newest(path("a"))).isEmpty();
        apply(everything(1).toArray(CatalogRecord[]::new));
        assertThat(catalog().versions().newest(path("a")).orElseThrow().stamp()).hasValue(1);
    }

    @Test
    void rememberedCommitsAreHistoryAndCarriedByTheNext() {
        log.remember(commit(2, OTHER_WRITER), copies(TARGET));
        log.remember(commit(2, WRITER), copies());
        log.remember(commit(1, WRITER), copies());
        assertThat(log.hasUncommitted()).isFalse();
        assertThat(log.history()).containsExactly(commit(1, WRITER), commit(2, WRITER), commit(2, OTHER_WRITER));
        assertThat(records(2, 3))
                .containsExactlyInAnyOrder(
                        new CommitMade(commit(2, WRITER), copies(), 3),
                        new CommitMade(commit(2, OTHER_WRITER), copies(TARGET), 3));
        log.apply(new CommitMade(commit(1, WRITER), copies(OTHER_TARGET), 7));
        assertThat(records(6, 7)).containsExactly(new CommitMade(commit(1, WRITER), copies(OTHER_TARGET), 7));
    }

    @Test
    void rememberedCommitsAreKnownAndTellOfOtherWriters() {
        assertThat(log.knows(commit(1, WRITER).hash())).isFalse();
        assertThat(log.hasCommitOfOther(WRITER)).isFalse();
        log.remember(commit(1, WRITER), copies(TARGET));
        log.remember(commit(2, WRITER), copies());
        assertThat(log.knows(commit(1, WRITER).hash())).isTrue();
        assertThat(log.knows(commit(3, WRITER).hash())).isFalse();
        assertThat(log.hasCommitOfOther(WRITER)).isFalse();
        assertThat(log.hasCommitOfOther(OTHER_WRITER)).isTrue();
        log.remember(commit(3, OTHER_WRITER), copies());
        assertThat(log.hasCommitOfOther(WRITER)).isTrue();
        assertThat(log.hasCommitOfOther(OTHER_WRITER)).isTrue();
        log.forget();
        assertThat(log.knows(commit(1, WRITER).hash())).isFalse();
        assertThat(log.hasCommitOfOther(WRITER)).isFalse();
    }

    @Test
    void headIsTheLastOneSet() {
        log.setHead(head(1));
        log.setHead(head(2));
        assertThat(log.head()).contains(head(2));
    }
}
