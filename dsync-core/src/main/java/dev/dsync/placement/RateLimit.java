package dev.dsync.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A bucket that fills with so many bytes a second and from which every transfer takes its bytes before it begins: so the
 * average is kept from the first byte on. The bucket starts empty and holds one second's bytes, or one transfer's if
 * that is more. Safe for use by many threads.
 */
final class RateLimit {

    /** What one request should carry at most, in time: larger ones come in bursts that others on the line feel. */
    private static final long SECONDS_AT_ONCE = 10;

    private static final long NANOS = 1_000_000_000L;

    private final long bytesPerSecond;
    private final InstantSource clock;

    /** All that was taken is paid for from then on. */
    private Instant paidAt;

    private Instant lastSeen;

    /** @param bytesPerSecond 0 for no limit */
    RateLimit(long bytesPerSecond, InstantSource clock) {
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
        this.paidAt = clock.instant();
        this.lastSeen = paidAt;
    }

    /** How many bytes one request should have at most, if there is a choice. */
    long mostAtOnce() {
        return bytesPerSecond == 0 || bytesPerSecond > Long.MAX_VALUE / SECONDS_AT_ONCE
                ? Long.MAX_VALUE
                : bytesPerSecond * SECONDS_AT_ONCE;
    }

    /** How long until a transfer of so many bytes may begin; zero if it may now. */
    synchronized Duration untilFree(long bytes) {
        if (bytesPerSecond == 0) {
            return Duration.ZERO;
        }
        Instant now = now();
        Duration wait = Duration.between(now, paidAfter(bytes, now));
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Takes the bytes of a transfer, which may begin after the time returned. */
    synchronized Duration take(long bytes) {
        Duration wait = untilFree(bytes);
        if (bytesPerSecond > 0) {
            paidAt = paidAfter(bytes, now());
        }
        return wait;
    }

    private Instant paidAfter(long bytes, Instant now) {
        Duration cost = Duration.ofSeconds(bytes / bytesPerSecond)
                .plusNanos((long) ((double) (bytes % bytesPerSecond) / bytesPerSecond * NANOS));
        Duration depth = cost.compareTo(Duration.ofSeconds(1)) > 0 ? cost : Duration.ofSeconds(1);
        Instant fullSince = now.minus(depth);
        return (paidAt.isBefore(fullSince) ? fullSince : paidAt).plus(cost);
    }

    /** A clock that is set back must not make anybody wait for the old time to come again. */
    private Instant now() {
        Instant now = clock.instant();
        if (now.isBefore(lastSeen)) {
            paidAt = paidAt.minus(Duration.between(now, lastSeen));
        }
        lastSeen = now;
        return now;
    }
}
