package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider.Surroundings;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits for Discord because a request failed, once somebody wants to stop. */
class StoppedRequestsTest {

    private static final Duration STOPPED_AFTER = Duration.ofMillis(600);

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private Emulator discord;
    private StorageBackend webhook;
    private BlobAddress address;
    private Duration slept = Duration.ZERO;

    @BeforeEach
    void store() throws IOException {
        discord = Emulator.start(clock, 1, 1);
        var surroundings = new Surroundings(
                folder, folder.resolve("state"), true, clock, new Random(7), () -> slept.compareTo(STOPPED_AFTER) >= 0);
        webhook = new WebhookProvider(this::sleep, Homes.SILENCE)
                .open(discord.urls().get(0), surroundings);
        address = webhook.put(List.of(ByteBuffer.allocate(1_000))).get(0);
        slept = Duration.ZERO;
    }

    private void sleep(Duration duration) {
        slept = slept.plus(duration);
        clock.sleep(duration);
    }

    @AfterEach
    void close() throws IOException {
        webhook.close();
        discord.close();
    }

    @Test
    void aQuestionEndsWithWhatDiscordAnsweredLast() {
        discord.always(0, Fault.BAD_GATEWAY);
        endsSoon(() -> webhook.size(address), "502");
    }

    @Test
    void aDownloadEndsWithWhatDiscordAnsweredLast() {
        discord.faults().next(Where.FILE, Fault.BAD_GATEWAY, 5);
        endsSoon(() -> webhook.read(address, 0, ByteBuffer.allocate(1_000)), "502");
    }

    private void endsSoon(ThrowingCallable request, String reason) {
        assertThatExceptionOfType(TargetUnavailableException.class)
                .isThrownBy(request)
                .withMessageContaining(reason);
        assertThat(slept).isBetween(STOPPED_AFTER, STOPPED_AFTER.plus(Rules.STOP_HEARD_WITHIN));
    }

    /** A limit is soon over, and what waits for it is work that goes well. */
    @Test
    void whatWaitsForALimitAloneIsSent() throws IOException {
        for (int i = 0; i < 40; i++) {
            webhook.size(address);
        }
        assertThat(slept).isGreaterThan(STOPPED_AFTER);
    }
}
