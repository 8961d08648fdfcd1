package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.PoolSettings;
import dev.dsync.placement.TargetPool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much of what Discord permits is used, by the pool and its lanes as they run in earnest, while a server that holds
 * them to every limit takes some time for each request. No thread waits in real time.
 */
@Timeout(300)
class PoolFiguresTest {

    private static final int MINUTES = 5;
    private static final int PERMITTED_A_MINUTE = 30;
    private static final Duration REQUEST = Duration.ofMillis(300);

    private final ManualClock clock = new ManualClock();
    private final Lockstep time = new Lockstep(clock);

    @TempDir
    private Path folder;

    private List<DiscordBackend> open(Emulator emulator) throws IOException {
        Homes home = new Homes(folder, clock, time::sleep);
        List<DiscordBackend> backends = new ArrayList<>();
        for (String url : emulator.urls()) {
            backends.add(home.open(url));
        }
        return backends;
    }

    private void takeAWhile(String method) {
        try {
            time.sleep(REQUEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "3, 3", "10, 10", "20, 10"})
    void nearlyAllMessagesTheLimitsPermitAreUsedAndNoneIsRefused(int webhooks, int channels) throws Exception {
        try (Emulator emulator = Emulator.start(clock, webhooks, channels)) {
            List<DiscordBackend> backends = open(emulator);
            emulator.onArrival(this::takeAWhile);

            long end = clock.millis() + Duration.ofMinutes(MINUTES).toMillis();
            // there is work left when time is up
            List<Long> storedAt = store(backends, channels, channels * PERMITTED_A_MINUTE * (MINUTES + 1));

            assertThat(emulator.tally().answers(429))
                    .as("429 of %s", emulator.tally())
                    .isZero();
            long used = storedAt.stream().filter(at -> at < end).count();
            assertThat((double) used / (channels * PERMITTED_A_MINUTE * MINUTES))
                    .as("part of what is permitted in %d minutes", MINUTES)
                    .isBetween(0.97, 1.01);
        }
    }

    /** When so many messages had been stored, in order. */
    private List<Long> store(List<DiscordBackend> backends, int lanes, int messages) throws Exception {
        List<Long> storedAt = Collections.synchronizedList(new ArrayList<>());
        try (TargetPool pool =
                new TargetPool(backends, PoolSettings.PLAIN, PoolListener.SILENT, clock, time, new Random(5))) {
            List<CompletableFuture<?>> stored = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                stored.add(pool.store(aMessage(), 1).thenRun(() -> storedAt.add(clock.millis())));
            }
            time.begin(lanes);
            for (CompletableFuture<?> each : stored) {
                each.get();
            }
            time.end();
        }
        return storedAt;
    }

    /** As many blobs as one message may have. */
    private static List<ByteBuffer> aMessage() {
        List<ByteBuffer> blobs = new ArrayList<>();
        for (int i = 0; i < Rules.FILES_PER_MESSAGE; i++) {
            blobs.add(ByteBuffer.wrap(new byte[] {1}));
        }
        return blobs;
    }
}
