package dev.dsync.pipeline.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.WriterId;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.Keeps;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.pipeline.commit.CommitReader;
import dev.dsync.pipeline.commit.CommitTimes;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.SealedDigests;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.ServiceClock;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrunePassTest extends PrunedHome {

    private static final Duration LONG = Duration.ofDays(10_000);

    private long stored() {
        return log.lying(a.id()).values().stream().mapToLong(bytes -> bytes).sum()
                + log.lying(b.id()).values().stream().mapToLong(bytes -> bytes).sum();
    }

    private int blobs() {
        return log.lying(a.id()).size() + log.lying(b.id()).size();
    }

    private void assertAllIsWell() throws Exception {
        assertThat(home.check(100).errors()).isEmpty();
        assertThat(restored(home, Version.UNCOMMITTED)).isEqualTo(Snapshot.of(home.synced()));
        try (TestVault other = home.twin(newFolder("other"), a, b)) {
            assertThat(restored(other, Version.UNCOMMITTED)).isEqualTo(Snapshot.of(home.synced()));
            assertThat(other.check(100).errors()).isEmpty();
        }
    }

    @Test
    void whatIsDeletedForLongIsFreedWithAllItsVersions() throws Exception {
        write("kept", 1, 300_000);
        write("gone", 2, 3_000_000);
        home.sync();
        write("gone", 3, 2_000_000);
        home.sync();
        delete("gone");
        home.sync();
        long before = stored();
        PruneReport report = home.prune(NONE, LONG);
        assertThat(report.versionsRemoved()).isEqualTo(3);
        assertThat(report.packsDeleted()).isPositive();
        assertThat(report.bytesFreed()).isGreaterThan(4_900_000);
        assertThat(before - stored()).isGreaterThan(4_900_000);
        assertThat(home.vault().catalog().versions().history(RelativePath.of("gone")))
                .isEmpty();
        assertAllIsWell();
    }

    @Test
    void nothingYoungerThanTheKeepsIsTouched() throws Exception {
        write("edited", 1, 300_000);
        write("gone", 2, 300_000);
        home.sync();
        Snapshot first = Snapshot.of(home.synced());
        write("edited", 3, 300_000);
        delete("gone");
        home.sync();
        home.time().pass(Duration.ofDays(29));
        PruneReport report = home.prune(Duration.ofDays(30), Duration.ofDays(30));
        assertThat(report.versionsRemoved()).isZero();
        assertThat(report.packsDeleted()).isZero();
        assertThat(restored(home, 1)).isEqualTo(first);
        home.time().pass(Duration.ofDays(2));
        assertThat(home.prune(Duration.ofDays(30), Duration.ofDays(30)).versionsRemoved())
                .isEqualTo(3);
        assertAllIsWell();
    }

    @Test
    void newestVersionsStayHoweverOld() throws Exception {
        for (int i = 0; i < 5; i++) {
            write("edited", i, 200_000);
            home.sync();
        }
        home.time().pass(Duration.ofDays(1000));
        assertThat(home.prune(new Keeps(NONE, 3, NONE), false).versionsRemoved())
                .isEqualTo(2);
        assertThat(home.vault().catalog().versions().history(RelativePath.of("edited")))
                .hasSize(3);
        assertThat(home.prune(new Keeps(NONE, 1, NONE), false).versionsRemoved())
                .isEqualTo(2);
        assertAllIsWell();
    }

    @Test
    void deletedPathCanComeBackWithinItsKeepHoweverOldItsVersions() throws Exception {
        write("gone", 1, 200_000);
        home.sync();
        home.time().pass(Duration.ofDays(100));
        delete("gone");
        home.sync();
        assertThat(home.prune(Duration.ofDays(30), NONE).versionsRemoved()).isZero();
        assertThat(home.vault().catalog().versions().history(RelativePath.of("gone")))
                .hasSize(2);
        assertThat(home.check(100).errors()).isEmpty();
    }

    @Test
    void mostlyDeadPackIsRewrittenAndWhatLivesInItStays() throws Exception {
        for (int i = 0; i < 10; i++) {
            write("file" + i, i, 100_000);
        }
        home.sync();
        for (int i = 0; i < 8; i++) {
            delete("file" + i);
        }
        home.sync();
        long before = stored();
        PruneReport report = home.prune(NONE, NONE);
        assertThat(report.packsDeleted()).isEqualTo(1);
        assertThat(before - stored()).isGreaterThan(750_000);
        assertThat(report.bytesFreed()).isGreaterThan(750_000).isLessThan(900_000);
        assertAllIsWell();
    }

    @Test
    void packThatIsMostlyAliveStaysAsItIs() throws Exception {
        for (int i = 0; i < 30; i++) {
            write("file" + i, i, 100_000);
        }
        home.sync();
        for (int i = 0; i < 8; i++) {
            delete("file" + i);
        }
        home.sync();
        assertThat(home.prune(NONE, NONE).packsDeleted()).isZero();
        assertAllIsWell();
    }

    @Test
    void smallPacksOfManyPassesAreMerged() throws Exception {
        for (int i = 0; i < 6; i++) {
            write("file" + i, i, 50_000);
            home.sync();
        }
        int before = home.vault().status().targets().stream()
                .mapToInt(target -> (int) target.packs())
                .sum();
        assertThat(before).isEqualTo(6);
        PruneReport report = home.prune(LONG, LONG);
        assertThat(report.packsDeleted()).isEqualTo(6);
        assertThat(home.vault().status().packs()).isEqualTo(1);
        assertAllIsWell();
        assertThat(home.prune(LONG, LONG).packsDeleted()).isZero();
    }

    @Test
    void supersededCommitsAndCatalogPacksAreFreed() throws Exception {
        for (int i = 0; i < 8; i++) {
            write("file", i, 100);
            home.sync();
        }
        assertThat(blobs()).isGreaterThan(30);
        long before = stored();
        PruneReport report = home.prune(LONG, LONG);
        assertThat(report.bytesFreed()).isGreaterThanOrEqualTo(before - stored());
        int catalogPacks = CommitReader.decode(
                        home.vault().catalog().commits().head().orElseThrow())
                .packs()
                .size();
        assertThat(catalogPacks).isLessThanOrEqualTo(2);
        // The newest commit, with its catalog packs, twice; and the packs of eight versions merged into one.
        assertThat(blobs()).isEqualTo(2 * (1 + catalogPacks) + 1);
        assertAllIsWell();
    }

    @Test
    void whatWasRememberedOfBlobsGoesWithThem() throws Exception {
        home.withSealedDigests();
        write("gone", 1, 300_000);
        home.sync();
        Catalog catalog = home.vault().catalog();
        PackDirectory pack;
        try (Cursor<StoredPack> packs = catalog.packs().all(PackKind.DATA)) {
            StoredPack first = packs.next();
            pack = catalog.packs().directory(first.id());
            new HomeFacts(catalog.home()).setLink(first.copies().get(0), "https://cdn.example/gone");
            delete("gone");
            home.sync();
            SealedDigests before = new SealedDigests(catalog.home());
            assertThat(before.of(pack.id(), pack.entries().get(0))).isPresent();
            home.prune(NONE, NONE);
            assertThat(new HomeFacts(catalog.home()).link(first.copies().get(0)))
                    .isEmpty();
        }
        assertThat(new SealedDigests(catalog.home())
                        .of(pack.id(), pack.entries().get(0)))
                .isEmpty();
    }

    @Test
    void dryRunTellsWhatAPruneDoesAndChangesNothing() throws Exception {
        write("kept", 1, 100_000);
        write("gone", 2, 3_000_000);
        home.sync();
        delete("gone");
        home.sync();
        int writes = log.writes().size();
        PruneReport told = home.prune(new Keeps(NONE, 1, NONE), true);
        assertThat(log.writes()).hasSize(writes);
        assertThat(home.vault().catalog().commits().hasUncommitted()).isFalse();
        PruneReport done = home.prune(new Keeps(NONE, 1, NONE), false);
        assertThat(told.versionsRemoved()).isEqualTo(done.versionsRemoved()).isEqualTo(2);
        assertThat(told.packsDeleted()).isEqualTo(done.packsDeleted());
        assertThat((double) told.bytesFreed()).isBetween(done.bytesFreed() * 0.9, done.bytesFreed() * 1.1);
    }

    @Test
    void targetThatIsAwayHoldsUpDeletingUntilItIsBack() throws Exception {
        write("gone", 1, 3_000_000);
        home.sync();
        delete("gone");
        home.sync();
        home.on(a);
        int blobs = blobs();
        PruneReport report = home.prune(NONE, NONE);
        assertThat(report.packsDeleted()).isZero();
        assertThat(report.blobsWaiting()).isPositive();
        assertThat(home.notices()).anyMatch(notice -> notice.contains("memory:b"));
        assertThat(blobs()).isGreaterThanOrEqualTo(blobs);
        home.on(a, b);
        assertThat(home.prune(NONE, NONE).packsDeleted()).isEqualTo(1);
        assertAllIsWell();
    }

    @Test
    void homeThatLostItsStateFinishesWhatItHadBegun() throws Exception {
        write("gone", 1, 3_000_000);
        home.sync();
        delete("gone");
        home.sync();
        home.on(a);
        home.prune(NONE, NONE);
        home.loseState();
        home.on(a, b);
        home.prune(NONE, NONE);
        assertThat(stored()).isLessThan(100_000);
        assertAllIsWell();
    }

    @Test
    void clockThatWasBehindMakesNothingOlderThanItIs() throws Exception {
        write("edited", 1, 1000);
        home.sync();
        home.time().pass(Duration.ofDays(100));
        write("other", 2, 1000);
        home.sync();
        home.time().set(Duration.ofDays(-1000));
        write("edited", 3, 1000);
        home.sync();
        home.time().pass(Duration.ofDays(1));
        home.time().set(Duration.ofDays(900));
        // The second version came a day after a commit whose time is right: nobody knows more.
        assertThat(home.prune(NONE, Duration.ofDays(30)).versionsRemoved()).isZero();
    }

    @Test
    void clockThatIsBehindPrunesNothingAndSaysSo() throws Exception {
        write("edited", 1, 1000);
        home.sync();
        write("edited", 2, 1000);
        home.sync();
        home.time().set(Duration.ofDays(-5000));
        assertThat(home.prune(NONE, Duration.ofDays(1)).versionsRemoved()).isZero();
        assertThat(home.notices()).anyMatch(notice -> notice.contains("clock"));
    }

    @Test
    void clockThatJumpedAheadPrunesNothingAndSaysSo() throws Exception {
        write("edited", 1, 1000);
        write("gone", 2, 1000);
        home.sync();
        write("edited", 3, 1000);
        delete("gone");
        home.sync();
        home.time().set(Duration.ofDays(400));
        home.sync();
        Keeps keeps = new Keeps(Duration.ofDays(30), 1, Duration.ofDays(90));
        assertThat(home.prune(keeps, true).versionsRemoved()).isZero();
        assertThat(home.prune(keeps, false).versionsRemoved()).isZero();
        assertThat(home.notices()).anyMatch(notice -> notice.contains("--trust-clock"));
        assertThat(home.pruneByTheClock(keeps).versionsRemoved()).isEqualTo(3);
    }

    @Test
    void firstCommitsOfAClockThatStoodInThePastAreNotOld() throws Exception {
        home.time().set(Duration.ofDays(-40_000));
        write("gone", 2, 1000);
        home.sync();
        delete("gone");
        home.sync();
        home.time().set(Duration.ofDays(40_000));
        assertThat(home.prune(Duration.ofDays(30), NONE).versionsRemoved()).isZero();
    }

    @Test
    void timeCountsAcrossRestartsOfTheProgramAndNotWhileTheMachineWasOff() throws Exception {
        write("gone", 2, 1000);
        home.sync();
        delete("gone");
        home.sync();
        home.close();
        home.time().pass(Duration.ofDays(20));
        home.sync();
        home.close();
        home.time().passWhileOff(Duration.ofDays(20));
        assertThat(home.prune(Duration.ofDays(30), NONE).versionsRemoved()).isZero();
        home.time().pass(Duration.ofDays(11));
        assertThat(home.prune(Duration.ofDays(30), NONE).versionsRemoved()).isEqualTo(2);
    }

    @Test
    void timeWhileTheMachineWasOffCountsByTheClockOfAService() throws Exception {
        SpoiltBackend service = new SpoiltBackend("service");
        home.on(service);
        service.tell(new ServiceClock.Told(
                Instant.ofEpochSecond(1_000_000), home.time().read()));
        write("gone", 2, 1000);
        home.sync();
        delete("gone");
        home.sync();
        home.close();
        home.time().passWhileOff(Duration.ofDays(40));
        home.time().set(Duration.ofDays(4000));
        home.time().pass(Duration.ofHours(1));
        service.tell(new ServiceClock.Told(
                Instant.ofEpochSecond(1_000_000).plus(Duration.ofDays(20)),
                home.time().read()));
        assertThat(home.prune(Duration.ofDays(30), NONE).versionsRemoved()).isZero();
        home.time().pass(Duration.ofDays(11));
        assertThat(home.prune(Duration.ofDays(30), NONE).versionsRemoved()).isEqualTo(2);
    }

    @Test
    void commitsOfAWrongClockCountAsMadeWhenTheNextRightOneWas() {
        List<CommitInfo> history = home(new long[] {100, 300, 200, 250, 400, 5000, 600});
        CommitTimes times = new CommitTimes(history, Instant.ofEpochSecond(1000));
        assertThat(times.latest(1).getEpochSecond()).isEqualTo(100);
        assertThat(times.latest(3).getEpochSecond()).isEqualTo(400);
        assertThat(times.latest(5).getEpochSecond()).isEqualTo(400);
        assertThat(times.latest(6).getEpochSecond()).as("of a clock ahead").isEqualTo(600);
        assertThat(times.latest(8).getEpochSecond()).isEqualTo(1000);
    }

    private static List<CommitInfo> home(long[] seconds) {
        List<CommitInfo> history = new ArrayList<>();
        for (long second : seconds) {
            history.add(new CommitInfo(
                    history.size() + 1L,
                    WriterId.random(new Random(1)),
                    Instant.ofEpochSecond(second),
                    Sha256.of(new byte[32])));
        }
        return history;
    }

    @Test
    void whatAnInterruptedSyncStoredIsNotTakenForGarbage() throws Exception {
        write("big", 1, 3_000_000);
        home.sync();
        // As if the file had not been complete when the sync ended: its packs are there, no version is made of them.
        home.vault()
                .catalog()
                .versions()
                .remove(home.vault()
                        .catalog()
                        .versions()
                        .newest(RelativePath.of("big"))
                        .orElseThrow()
                        .version());
        home.vault().catalog().versions().saw(RelativePath.of("big"), OptionalLong.empty());
        assertThat(home.prune(NONE, NONE).packsDeleted()).isZero();
        assertThat(home.sync().bytesStored()).isLessThan(100_000);
        assertAllIsWell();
    }
}
