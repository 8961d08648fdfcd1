package dev.dsync.pipeline.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Version;
import dev.dsync.pipeline.Keeps;
import dev.dsync.pipeline.PruneReport;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.FolderBackendProvider;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.vault.Snapshot;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A prune of a vault to which another home writes too. */
class PruneInCompanyTest extends PrunedHome {

    @Test
    void otherHomesWriteSoDeletingWaitsADay() throws Exception {
        write("gone", 1, 3_000_000);
        home.sync();
        try (TestVault other = home.twin(folder.resolve("second"), a, b)) {
            Files.writeString(other.synced().resolve("theirs"), "theirs");
            other.sync();
            delete("gone");
            home.sync();
            PruneReport mark = home.prune(NONE, NONE);
            assertThat(mark.packsDeleted()).isZero();
            assertThat(mark.blobsWaiting()).isPositive();
            home.time().pass(Duration.ofHours(23));
            assertThat(home.prune(NONE, NONE).packsDeleted()).isZero();
            home.time().pass(Duration.ofHours(2));
            assertThat(home.prune(NONE, NONE).packsDeleted()).isEqualTo(1);
        }
        assertThat(home.check(100).errors()).isEmpty();
    }

    @Test
    void anotherWriterThatUsedAMarkedChunkAgainSavesIt() throws Exception {
        write("gone", 1, 3_000_000);
        home.sync();
        try (TestVault other = home.twin(folder.resolve("second"), a, b)) {
            Files.writeString(other.synced().resolve("theirs"), "theirs");
            other.sync();
            Files.copy(home.synced().resolve("gone"), other.synced().resolve("again"));
            delete("gone");
            home.sync();
            boolean[] pruned = {false};
            other.onFlush(() -> {
                // In the middle of the other's pass: it has found the chunks held, and not yet committed.
                if (!pruned[0] && recorded(other)) {
                    pruned[0] = true;
                    pruneQuietly();
                }
            });
            other.sync();
            assertThat(pruned[0]).isTrue();
            other.onFlush(() -> {});
            home.time().pass(Duration.ofHours(25));
            home.prune(NONE, NONE);
            home.time().pass(Duration.ofHours(25));
            home.prune(NONE, NONE);
            assertThat(other.check(100).errors()).isEmpty();
            assertThat(home.check(100).errors()).isEmpty();
            assertThat(restored(home, Version.UNCOMMITTED).paths()).containsKeys("again", "theirs");
        }
    }

    @Test
    void whatAnotherHomeDidApartIsAsYoungAsTheDayItBecameKnown() throws Exception {
        write("gone", 1, 1000);
        home.copies(2).sync();
        try (TestVault other = home.twin(folder.resolve("second"), b)) {
            other.restore(other.synced());
            other.sync();
            home.on(a);
            for (int i = 0; i < 5; i++) {
                write("mine", 10 + i, 1000);
                home.sync();
            }
            home.time().pass(Duration.ofDays(10));
            other.time().pass(Duration.ofDays(10));
            Files.delete(other.synced().resolve("gone"));
            other.sync();
            for (int i = 0; i < 10; i++) {
                Files.writeString(other.synced().resolve("theirs"), "theirs " + i);
                other.sync();
            }
            home.on(b);
            write("mine", 3, 1000);
            home.sync();
            assertThat(home.vault().catalog().versions().history(RelativePath.of("theirs")))
                    .isNotEmpty();
            home.time().set(Duration.ofDays(100));
            Duration keep = Duration.ofDays(5);
            assertThat(home.prune(keep, keep).versionsRemoved()).isZero();
        }
    }

    @Test
    void whatNobodyKnowsGoesByTheSecondPruneThatFindsItADayLater() throws Exception {
        try (TestVault one = new TestVault(folder.resolve("one"), 1, disk("disk"))) {
            Files.writeString(one.synced().resolve("mine"), "mine");
            one.sync();
            try (TestVault other = one.twin(folder.resolve("two"), disk("disk"))) {
                Files.writeString(other.synced().resolve("theirs"), "theirs");
                other.sync();
            }
            StorageBackend disk = disk("disk");
            BlobAddress orphan =
                    disk.put(List.of(ByteBuffer.wrap(new byte[10]))).get(0);
            try (Stream<Path> files = Files.walk(folder.resolve("disk"))) {
                Path file = files.filter(found -> found.endsWith(orphan.value()))
                        .findFirst()
                        .orElseThrow();
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
            one.prune(NONE, NONE);
            one.time().set(Duration.ofDays(1000));
            one.prune(NONE, NONE);
            assertThat(disk.size(orphan)).isPresent();
            one.time().pass(Duration.ofHours(25));
            one.prune(NONE, NONE);
            assertThat(disk.size(orphan)).isEmpty();
        }
    }

    @Test
    void folderThatHoldsNothingYetIsNoTrouble() throws Exception {
        Path empty = folder.resolve("empty");
        try (TestVault onDisks = new TestVault(folder.resolve("third"), 3, disk("disk"))) {
            Files.writeString(onDisks.synced().resolve("file"), "content");
            onDisks.sync();
            onDisks.on(disk("disk"), disk("empty"));
            assertThat(onDisks.prune(new Keeps(NONE, 1, NONE), true).packsDeleted())
                    .isZero();
        }
        assertThat(empty.resolve("blobs")).doesNotExist();
    }

    private StorageBackend disk(String name) throws IOException {
        return new FolderBackendProvider()
                .open(
                        "file:" + folder.resolve(name),
                        new StorageBackendProvider.Surroundings(
                                folder, folder, true, Clock.systemUTC(), new SecureRandom()));
    }

    @Test
    void syncOfAnotherHomeInTheMiddleOfAPruneLosesNothing() throws Exception {
        int rounds = 0;
        for (boolean interrupted = true; interrupted; rounds++) {
            interrupted = syncInTheMiddle(rounds);
        }
        assertThat(rounds).as("moments at which the other home synced").isBetween(4, 30);
    }

    /** Has the other home store the very content that is pruned after so many flushes; says whether there were so many. */
    private boolean syncInTheMiddle(int flushes) throws Exception {
        SpoiltBackend shared = new SpoiltBackend("shared");
        Path homes = folder.resolve("round" + flushes);
        try (TestVault one = new TestVault(homes.resolve("one"), 1, shared);
                TestVault two = homeBeside(one, homes, shared)) {
            byte[] content = new byte[300_000];
            new Random(1).nextBytes(content);
            Files.write(one.synced().resolve("gone"), content);
            Files.writeString(one.synced().resolve("mine"), "mine");
            one.sync();
            Files.writeString(two.synced().resolve("theirs"), "theirs");
            two.sync();
            Files.delete(one.synced().resolve("gone"));
            one.sync();
            Files.write(two.synced().resolve("again"), content);
            int[] left = {flushes};
            one.onFlush(() -> {
                if (left[0]-- == 0) {
                    syncQuietly(two);
                }
            });
            one.prune(NONE, NONE);
            one.onFlush(() -> {});
            two.sync();
            for (TestVault home : List.of(one, two, one)) {
                home.sync();
                one.time().pass(Duration.ofHours(25));
                two.time().pass(Duration.ofHours(25));
                home.prune(NONE, NONE);
            }
            one.sync();
            two.sync();
            assertThat(one.check(100).errors()).as("after %d flushes", flushes).isEmpty();
            assertThat(two.check(100).errors()).as("after %d flushes", flushes).isEmpty();
            for (TestVault home : List.of(one, two)) {
                Path to = newFolder("restored");
                assertThat(home.restore(to).failed()).isEmpty();
                assertThat(to.resolve("again")).as("after %d flushes", flushes).hasBinaryContent(content);
                assertThat(Snapshot.of(to).paths()).containsOnlyKeys("again", "mine", "theirs");
            }
            return left[0] < 0;
        }
    }

    private static TestVault homeBeside(TestVault one, Path homes, SpoiltBackend shared) throws IOException {
        one.vault();
        return one.twin(homes.resolve("two"), shared);
    }

    private static void syncQuietly(TestVault home) {
        try {
            home.sync();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pruneQuietly() {
        try {
            home.prune(NONE, NONE);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the other home has recorded the file that is made of the marked chunks. */
    private static boolean recorded(TestVault home) {
        try {
            return home.vault()
                    .catalog()
                    .versions()
                    .newest(RelativePath.of("again"))
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
