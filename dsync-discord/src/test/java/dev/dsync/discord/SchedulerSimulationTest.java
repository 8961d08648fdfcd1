package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetUnavailableException;
import dev.dsync.storage.TestBlobs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long runs against an emulator that enforces all limits, on a clock that nobody has to wait for. */
class SchedulerSimulationTest {

    private static final Duration RUN = Duration.ofMinutes(10);

    /** How long a request takes, on the simulated clock: two seconds would keep a lane from reaching its limit at all. */
    private static final Duration UPLOAD = Duration.ofMillis(300);

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    /** Does what the pool does: who is ready sends; when nobody is, time passes. */
    private int messages(Emulator emulator, Duration run) throws IOException {
        Homes home = new Homes(folder, clock);
        List<DiscordBackend> backends = new ArrayList<>();
        for (String url : emulator.urls()) {
            backends.add(home.open(url));
        }
        long end = clock.millis() + run.toMillis();
        int sent = 0;
        while (clock.millis() < end) {
            Duration wait = Duration.ofMinutes(1);
            for (DiscordBackend backend : backends) {
                if (backend.untilReady().isZero()) {
                    TestBlobs.putOne(backend, "pack");
                    sent++;
                }
                wait = wait.compareTo(backend.untilReady()) < 0 ? wait : backend.untilReady();
            }
            Duration left = Duration.ofMillis(Math.max(0, end - clock.millis()));
            clock.sleep(wait.compareTo(left) < 0 ? wait : left);
        }
        return sent;
    }

    @Test
    void uploadsThatTakeTimeStillUseNearlyAll() {
        Lane lane = new Lane(folder, "1");
        int sent = 0;
        long start = 1_000_000_000;
        long now = start;
        while (now < start + RUN.toMillis()) {
            now += lane.messages.waitMillis(now);
            RateWindow.Room room = lane.messages.take(now).orElseThrow();
            now += UPLOAD.toMillis();
            room.answered(now);
            sent++;
        }

        assertThat(sent).isGreaterThanOrEqualTo((int) (30 * RUN.toMinutes() * 0.97));
    }

    @Test
    void restartsInTheMiddleOfAMinuteAreRemembered() throws IOException {
        try (Emulator emulator = Emulator.start(clock, 2, 1)) {
            for (int run = 0; run < 30; run++) {
                messages(emulator, Duration.ofSeconds(7));
            }

            assertThat(emulator.tally().answers(429))
                    .as("429 of %s", emulator.tally())
                    .isZero();
        }
    }

    @Test
    void processesOfOneHomeShareAChannelThroughItsState() throws IOException {
        try (Emulator emulator = Emulator.start(clock, 2, 1)) {
            // each has its own memory, and knows of the other what lies in the home's files
            List<DiscordBackend> processes = List.of(
                    new Homes(folder, clock).open(emulator.urls().get(0)),
                    new Homes(folder, clock).open(emulator.urls().get(1)));
            int stored = 0;
            long end = clock.millis() + Duration.ofMinutes(5).toMillis();
            while (clock.millis() < end) {
                DiscordBackend process = processes.get(stored % 2);
                clock.sleep(process.untilReady());
                TestBlobs.putOne(process, "pack");
                stored++;
            }

            assertThat(emulator.tally().answers(429))
                    .as("429 of %s", emulator.tally())
                    .isZero();
            assertThat(stored).isBetween((int) (5 * 30 * 0.97), 5 * 30 + 5);
        }
    }

    @Test
    void oneProcessAfterTheOtherKnowsWhatTheWebhookHasLeft() throws IOException {
        try (Emulator emulator = Emulator.start(clock, 1, 1)) {
            for (int process = 0; process < 20; process++) {
                DiscordBackend backend =
                        new Homes(folder, clock).open(emulator.urls().get(0));
                for (int i = 0; i < 4; i++) {
                    clock.sleep(backend.untilReady());
                    TestBlobs.putOne(backend, "pack");
                }
            }

            assertThat(emulator.tally().answers(429))
                    .as("429 of %s", emulator.tally())
                    .isZero();
        }
    }

    @Test
    void oneThatReadsBesideOneThatWritesCopesWithWhatBothDo() throws IOException {
        try (Emulator emulator = Emulator.start(clock, 1, 1)) {
            DiscordBackend writer =
                    new Homes(folder, clock).open(emulator.urls().get(0));
            DiscordBackend reader =
                    new Homes(folder, clock).open(emulator.urls().get(0));
            int refusedBefore = emulator.tally().answers(429);
            for (int i = 0; i < 60; i++) {
                clock.sleep(writer.untilReady());
                BlobAddress address = TestBlobs.putOne(writer, "pack" + i % 10);
                assertThat(TestBlobs.text(reader, address, 0, 5)).isEqualTo("pack" + i % 10);
            }

            assertThat(emulator.tally().answers(429) - refusedBefore)
                    .as("429 of %s", emulator.tally())
                    .isZero();
        }
    }

    @Test
    void rootsOfOldMessagesAreEditedAtTheirPaceBesideUploads() throws IOException {
        try (Emulator emulator = Emulator.start(clock, 6, 2)) {
            Homes home = new Homes(folder, clock);
            List<DiscordBackend> backends = new ArrayList<>();
            for (String url : emulator.urls()) {
                backends.add(home.open(url));
            }
            long start = clock.millis();
            for (int pass = 0; pass < 5; pass++) {
                for (DiscordBackend backend : backends) {
                    TestBlobs.putOne(backend, "pack");
                    backend.root().write(TestBlobs.bytes("root " + pass));
                }
                clock.sleep(Duration.ofHours(pass == 0 ? 2 : 0));
            }

            assertThat(emulator.tally().answers(429))
                    .as("429 of %s", emulator.tally())
                    .isZero();
            assertThat(emulator.tally().requests("PATCH webhook")).isEqualTo(6);
            Duration took = Duration.ofMillis(clock.millis() - start).minusHours(2);
            assertThat(took).as("the wait for edits").isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void twoHomesThatDoNotKnowOfEachOtherCopeByWaiting() throws IOException {
        try (Emulator emulator = Emulator.start(clock, 2, 1)) {
            DiscordBackend one =
                    new Homes(folder.resolve("one"), clock).open(emulator.urls().get(0));
            DiscordBackend two =
                    new Homes(folder.resolve("two"), clock).open(emulator.urls().get(1));
            int stored = 0;
            for (int i = 0; i < 200; i++) {
                DiscordBackend backend = i % 2 == 0 ? one : two;
                clock.sleep(backend.untilReady());
                try {
                    stored += TestBlobs.putOne(backend, "pack").value().isEmpty() ? 0 : 1;
                } catch (TargetUnavailableException e) {
                    assertThat(e.retryAfter()).isPositive();
                }
            }

            assertThat(stored).isGreaterThan(150);
        }
    }
}
