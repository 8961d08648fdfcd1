package dev.dsync.discord;

import static dev.dsync.storage.TestBlobs.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetUnavailableException;
import dev.dsync.storage.TestBlobs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table of troubles, as an upload and as a small request meet it. */
class TroubleTest extends EmulatedHome {

    private static TargetUnavailableException refusedPut(DiscordBackend backend) {
        return catchThrowableOfType(TargetUnavailableException.class, () -> backend.put(List.of(bytes("some bytes"))));
    }

    @ParameterizedTest
    @CsvSource({"LIMITED, 1500", "LIMITED_SHARED, 20250", "LIMITED_GLOBAL, 2500"})
    void askedToWaitAnUploadSaysHowLong(Fault fault, long millis) throws StorageException {
        DiscordBackend backend = open(0);
        emulator.faults().next(Where.UPLOAD, fault, 1);

        TargetUnavailableException refused = refusedPut(backend);

        assertThat(refused.retryAfter()).isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis + 1100));
        assertThat(backend.untilReady()).isEqualTo(refused.retryAfter());
        clock.sleep(backend.untilReady());
        assertThat(backend.put(List.of(bytes("some bytes")))).hasSize(1);
    }

    @Test
    void whoHasToWaitIsWhoSharesTheLimit() throws StorageException {
        Homes home = new Homes(folder, clock);
        DiscordBackend first = home.open(emulator.urls().get(0));
        DiscordBackend elsewhere = home.open(emulator.urls().get(1));
        DiscordBackend sameChannel = home.open(emulator.urls().get(2));

        emulator.faults().next(Where.UPLOAD, Fault.LIMITED, 1);
        refusedPut(first);
        assertThat(sameChannel.untilReady()).isZero();

        clock.sleep(Duration.ofMinutes(1));
        emulator.faults().next(Where.UPLOAD, Fault.LIMITED_SHARED, 1);
        refusedPut(first);
        assertThat(sameChannel.untilReady()).isGreaterThan(Duration.ofSeconds(20));
        assertThat(elsewhere.untilReady()).isZero();

        clock.sleep(Duration.ofMinutes(1));
        emulator.faults().next(Where.UPLOAD, Fault.LIMITED_GLOBAL, 1);
        refusedPut(first);
        assertThat(elsewhere.untilReady()).isGreaterThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"LIMITED", "LIMITED_SHARED", "LIMITED_GLOBAL", "LIMITED_HTML", "BAD_GATEWAY", "REPLY_LOST"})
    void aSmallRequestWaitsAndIsSentAgain(Fault fault) throws StorageException {
        DiscordBackend backend = open(0);
        BlobAddress address = TestBlobs.putOne(backend, "some bytes");
        emulator.faults().next(Where.API, fault, 2);

        assertThat(backend.size(address)).hasValue(10);
    }

    @Test
    void tooManyEditsAreAWaitAndNoFailure() throws StorageException {
        DiscordBackend backend = open(0);
        backend.root().write(bytes("first"));
        emulator.faults().next(Where.EDIT, Fault.LIMITED_EDITS, 2);

        backend.root().write(bytes("second"));

        assertThat(backend.root().read()).hasValue(bytes("second"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKED_JSON", "BLOCKED_1015", "BLOCKED_1010", "BLOCKED_40333"})
    void aBlockStopsAllWebhooksAndExplainsItself(Fault fault) throws StorageException {
        Homes home = new Homes(folder, clock);
        DiscordBackend backend = home.open(emulator.urls().get(0));
        DiscordBackend other = home.open(emulator.urls().get(1));
        emulator.faults().next(Where.UPLOAD, fault, 1);

        assertThatThrownBy(() -> backend.put(List.of(bytes("x"))))
                .isInstanceOf(TargetBlockedException.class)
                .hasMessageContaining("blocked this internet address");

        int sent = emulator.tally().requests();
        assertThat(other.untilReady()).isZero();
        assertThatThrownBy(() -> other.put(List.of(bytes("x")))).isInstanceOf(TargetBlockedException.class);
        assertThatThrownBy(() -> other.size(new BlobAddress("1/1"))).isInstanceOf(TargetBlockedException.class);
        assertThat(emulator.tally().requests()).isEqualTo(sent);
        clock.sleep(Rules.BLOCK_PAUSE);
        assertThat(other.put(List.of(bytes("x")))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_GATEWAY", "LIMITED_HTML", "REPLY_LOST", "RESET_UPLOAD", "FAILED_AFTERWARDS"})
    void pausesGrowWithEachFailureAndEndWithSuccess(Fault fault) throws StorageException {
        DiscordBackend backend = open(0);
        emulator.faults().next(Where.UPLOAD, fault, 4);
        long shortest = Rules.FIRST_PAUSE.toMillis() / 2;
        for (int i = 0; i < 4; i++) {
            long pause = refusedPut(backend).retryAfter().toMillis();
            assertThat(pause).isBetween(shortest, 2 * shortest);
            assertThat(backend.untilReady()).isGreaterThanOrEqualTo(Duration.ofMillis(pause));
            clock.sleep(Duration.ofMillis(pause));
            shortest *= 2;
        }
        backend.put(List.of(bytes("x")));

        emulator.faults().next(Where.UPLOAD, fault, 1);
        assertThat(refusedPut(backend).retryAfter()).isLessThanOrEqualTo(Rules.FIRST_PAUSE);
    }

    @Test
    void silenceEnds() throws StorageException {
        // what has been opened once needs no request to be opened again
        open(0);
        DiscordBackend backend = openImpatiently(0);
        emulator.faults().next(Where.UPLOAD, Fault.STALL, 1);

        assertThat(refusedPut(backend)).hasMessageContaining("gave no answer to an upload");
    }

    @Test
    void aDeadWebhookIsGoneAndNotAskedAgain() throws StorageException {
        DiscordBackend backend = open(0);
        emulator.deleteWebhook(0);

        assertThatThrownBy(() -> backend.put(List.of(bytes("x")))).isInstanceOf(TargetGoneException.class);
        int sent = emulator.tally().requests();
        assertThatThrownBy(() -> backend.size(new BlobAddress("1/1"))).isInstanceOf(TargetGoneException.class);
        assertThat(emulator.tally().requests()).isEqualTo(sent);
        assertThatThrownBy(() -> openElsewhere(0)).isInstanceOf(TargetGoneException.class);
    }

    @Test
    void aChangedTokenIsAWebhookGone() throws StorageException {
        DiscordBackend backend = open(0);
        emulator.changeToken(0);

        assertThatThrownBy(() -> backend.put(List.of(bytes("x")))).isInstanceOf(TargetGoneException.class);
    }

    @Test
    void aDeletedChannelTakesItsWebhooksOnly() throws StorageException {
        DiscordBackend backend = open(0);
        DiscordBackend other = open(1);
        emulator.deleteChannel(0);

        assertThatThrownBy(() -> backend.put(List.of(bytes("x")))).isInstanceOf(TargetGoneException.class);
        assertThat(other.put(List.of(bytes("x")))).hasSize(1);
    }

    @Test
    void aDeletedMessageIsABlobNotFound() throws StorageException {
        DiscordBackend backend = open(0);
        BlobAddress address = TestBlobs.putOne(backend, "some bytes");
        emulator.deleteMessage(0, emulator.messages(0).get(0));

        assertThatThrownBy(() -> TestBlobs.read(backend, address, 0, 1)).isInstanceOf(BlobNotFoundException.class);
        assertThat(backend.size(address)).isEmpty();
        backend.delete(List.of(address));
    }

    @Test
    void anAnswerNobodyKnowsIsNotRepeatedSoon() throws StorageException {
        DiscordBackend backend = open(0);
        emulator.faults().next(Where.UPLOAD, Fault.REFUSED, 1);

        assertThat(refusedPut(backend).retryAfter()).isEqualTo(Rules.BLOCK_PAUSE);
        assertThat(backend.untilReady()).isEqualTo(Rules.BLOCK_PAUSE);
    }

    @Test
    void aSingleFileTooLargeLowersTheLimitForGood() throws StorageException {
        emulator.rules().fileBytesRefused = 1000;

        assertThatThrownBy(() -> open(0).put(List.of(random(1000, 1)))).isInstanceOf(BlobTooLargeException.class);

        assertThat(open(0).limits().maxBlobBytes()).isEqualTo(999);
        assertThat(open(0).put(List.of(random(999, 1)))).hasSize(1);
        assertThat(open(1).limits().maxBlobBytes()).isEqualTo(Rules.LARGEST_FILE_BYTES);
    }

    @Test
    void refusedAnswersAreCountedAndEndLongBeforeTheAddressIsBlocked() throws StorageException {
        DiscordBackend backend = open(0);
        emulator.rules().withoutRateLimits();
        emulator.faults().next(Where.UPLOAD, Fault.LIMITED, 10_000);
        int refused = 0;
        long start = clock.millis();
        while (clock.millis() - start < Rules.INVALID_SPAN.toMillis() * 2) {
            clock.sleep(backend.untilReady());
            refusedPut(backend);
            refused++;
        }
        assertThat(refused).isLessThanOrEqualTo(2 * Rules.INVALID_ANSWERS + 1);
    }
}
