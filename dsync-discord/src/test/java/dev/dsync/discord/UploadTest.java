package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.read;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.RunningTime;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class UploadTest extends EmulatedHome {

    private static final int PACK = 8_732_672;

    @Test
    void threeFullPacksGoInOneRequest() throws IOException {
        DiscordBackend backend = open(0);
        List<ByteBuffer> packs = List.of(random(PACK, 1), random(PACK, 2), random(PACK, 3));
        assertThat(backend.limits().maxRequestBytes()).isGreaterThanOrEqualTo(3L * PACK);

        List<BlobAddress> addresses = backend.put(packs);

        assertThat(emulator.tally().requests("POST webhook")).isEqualTo(1);
        assertThat(read(backend, addresses.get(2), 0, PACK)).isEqualTo(packs.get(2));
    }

    @Test
    void answerTellsTheTimeByDiscordsClock() throws IOException {
        DiscordBackend backend = open(0);
        putOne(backend, "pack");

        assertThat(backend.told().orElseThrow().time())
                .isEqualTo(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        assertThat(backend.told().orElseThrow().at().start())
                .isEqualTo(RunningTime.REAL.read().start());
    }

    @Test
    void whoseReplyIsLostIsCountedAcrossRestarts() throws IOException {
        DiscordBackend backend = open(0);
        emulator.faults().next(Where.UPLOAD, Fault.REPLY_LOST, 1);
        emulator.faults().next(Where.UPLOAD, Fault.FAILED_AFTERWARDS, 1);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> putOne(backend, "pack")).isInstanceOf(TargetUnavailableException.class);
        }

        assertThat(text(backend, putOne(backend, "pack"), 0, 4)).isEqualTo("pack");
        assertThat(open(0).uploadsRepeated()).isEqualTo(2);
        assertThat(emulator.messages(0)).hasSize(3);
    }

    @Test
    void brokenInTheMiddleLeavesNothingAndIsNotCounted() throws IOException {
        DiscordBackend backend = open(0);
        emulator.faults().next(Where.UPLOAD, Fault.RESET_UPLOAD, 1);

        assertThatThrownBy(() -> backend.put(List.of(random(PACK, 1)))).isInstanceOf(TargetUnavailableException.class);

        assertThat(backend.uploadsRepeated()).isZero();
        assertThat(emulator.messages(0)).isEmpty();
    }

    @Test
    void thatIsNotKeptAsSentIsRefusedAndRemoved() throws IOException {
        DiscordBackend backend = open(0);
        emulator.faults().next(Where.UPLOAD, Fault.WRONG_SIZE, 1);

        assertThatThrownBy(() -> backend.put(List.of(bytes("some bytes"), bytes("more"))))
                .isInstanceOf(TargetUnavailableException.class);

        assertThat(emulator.messages(0)).isEmpty();
    }

    @Test
    void tooLargeTogetherGoesOneByOneAndTheNextRequestIsSmaller() throws IOException {
        emulator.rules().requestBytes = 5_000;
        DiscordBackend backend = open(0);
        List<ByteBuffer> packs = List.of(random(2000, 1), random(2000, 2), random(2000, 3));

        List<BlobAddress> addresses = backend.put(packs);

        for (int i = 0; i < 3; i++) {
            assertThat(read(backend, addresses.get(i), 0, 2000)).isEqualTo(packs.get(i));
        }
        assertThat(emulator.tally().answers(413)).isEqualTo(1);
        assertThat(open(0).limits().maxRequestBytes()).isLessThan(6000);
        assertThat(open(0).limits().maxBlobBytes()).isLessThan(6000);
    }

    @Test
    void withOneFileTooLargeShrinksThePacksOnly() throws IOException {
        emulator.rules().fileBytesRefused = 3000;
        DiscordBackend backend = open(0);

        assertThatThrownBy(() -> backend.put(List.of(random(2000, 1), random(3000, 2))))
                .isInstanceOf(BlobTooLargeException.class);

        assertThat(backend.limits().maxBlobBytes()).isEqualTo(2999);
        assertThat(backend.limits().maxRequestBytes()).isGreaterThan(20_000_000);
        assertThat(emulator.messages(0)).as("orphans").isEmpty();
        assertThat(backend.put(List.of(random(2000, 1), random(2999, 2)))).hasSize(2);
    }

    @Test
    void refusedByMistakeIsTriedAgainAfterADay() throws IOException {
        int usual = open(0).limits().maxBlobBytes();
        emulator.rules().fileBytesRefused = 3000;
        assertThatThrownBy(() -> open(0).put(List.of(random(3000, 1)))).isInstanceOf(BlobTooLargeException.class);
        emulator.rules().fileBytesRefused = 20L * 1024 * 1024;

        clock.sleep(Duration.ofHours(23));
        assertThat(open(0).limits().maxBlobBytes()).isEqualTo(2999);
        clock.sleep(Duration.ofHours(1));
        assertThat(open(0).limits().maxBlobBytes()).isEqualTo(usual);
        assertThat(open(0).put(List.of(random(3000, 1)))).hasSize(1);
    }

    @Test
    void refusedStillAfterADayIsBelievedForAnotherOne() throws IOException {
        emulator.rules().fileBytesRefused = 3000;
        for (int day = 0; day < 2; day++) {
            assertThatThrownBy(() -> open(0).put(List.of(random(3000, 1)))).isInstanceOf(BlobTooLargeException.class);
            assertThat(open(0).limits().maxBlobBytes()).isEqualTo(2999);
            clock.sleep(Duration.ofDays(1));
        }
    }

    @Test
    void neverSendsMoreThanTheLimitsSay() throws IOException {
        DiscordBackend backend = open(0);
        int before = emulator.tally().requests();

        assertThatThrownBy(() -> backend.put(
                        List.of(random(PACK, 1), random(PACK, 2), random(PACK, 3), bytes("x".repeat(20_000)))))
                .isInstanceOf(BlobTooLargeException.class);

        assertThat(emulator.tally().requests()).isEqualTo(before);
    }

    @Test
    void deletedAsAWholeMessageCostsAQuestionAndADeletion() throws IOException {
        DiscordBackend backend = open(0);
        List<BlobAddress> addresses = backend.put(List.of(bytes("one"), bytes("two"), bytes("six")));
        emulator.tally().clear();

        backend.delete(addresses);

        assertThat(emulator.tally()).hasToString("{DELETE message=1, GET message=1} answered {200=1, 204=1}");
        assertThat(emulator.messages(0)).isEmpty();
        assertThat(emulator.files()).isZero();
    }

    @Test
    void followsItsWebhookIntoAnotherChannel() throws IOException {
        DiscordBackend backend = open(0);
        String lane = backend.place().lane();
        emulator.move(0, 1);

        putOne(backend, "pack");

        assertThat(backend.place().lane())
                .isNotEqualTo(lane)
                .isEqualTo(open(1).place().lane());
        assertThat(open(0).place()).isEqualTo(backend.place());
    }
}
