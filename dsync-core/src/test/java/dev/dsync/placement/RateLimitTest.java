package dev.dsync.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @Test
    void noLimitNeverWaits() {
        RateLimit none = new RateLimit(0, now::get);
        assertThat(none.take(Long.MAX_VALUE)).isZero();
        assertThat(none.take(Long.MAX_VALUE)).isZero();
        assertThat(none.mostAtOnce()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void transferWaitsUntilItsBytesArePaidFor() {
        RateLimit rate = new RateLimit(1000, now::get);
        assertThat(rate.untilFree(2500)).isEqualTo(Duration.ofMillis(2500));
        assertThat(rate.take(2500)).isEqualTo(Duration.ofMillis(2500));
        assertThat(rate.take(500)).isEqualTo(Duration.ofMillis(3000));
        pass(Duration.ofMillis(3000));
        assertThat(rate.untilFree(1)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void restSavesUpForOneTransferAndNoMore() {
        RateLimit rate = new RateLimit(1000, now::get);
        pass(Duration.ofDays(1));
        assertThat(rate.take(5000)).isZero();
        assertThat(rate.take(5000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void clockSetBackMakesNobodyWaitLonger() {
        RateLimit rate = new RateLimit(1000, now::get);
        rate.take(2000);
        pass(Duration.ofHours(-5));
        assertThat(rate.untilFree(1000)).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void averageNeverExceedsTheRate(long seed) {
        Random random = new Random(seed);
        long bytesPerSecond = 1 + random.nextInt(1_000_000);
        RateLimit rate = new RateLimit(bytesPerSecond, now::get);
        long sent = 0;
        long largest = bytesPerSecond;
        for (int i = 0; i < 1000; i++) {
            int bytes = random.nextInt(10_000_000);
            pass(rate.take(bytes));
            pass(Duration.ofMillis(random.nextInt(3000)));
            sent += bytes;
            largest = Math.max(largest, bytes);
            double allowed = bytesPerSecond * (now.get().toEpochMilli() / 1000.0) + largest;
            assertThat((double) sent).as("sent after %s", now).isLessThanOrEqualTo(allowed);
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
