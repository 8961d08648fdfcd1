package dev.dsync.vault;

import dev.dsync.placement.Pause;
import dev.dsync.storage.RunningTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;

/**
 * Time that passes only when a test says so, or when something waits for it: then it passes at once. Starts in 2100, so
 * that every file of a test has long rested.
 */
public final class TestTime extends Clock implements Pause, RunningTime {

    /** Who waits this long waits for work, not for time. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2100-01-01T00:00:00Z"));

    private final AtomicReference<Duration> running = new AtomicReference<>(Duration.ZERO);
    private volatile int starts;

    /** Lets time pass. */
    public void pass(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
        running.updateAndGet(before -> before.plus(duration));
    }

    /** Somebody sets the clock, ahead or back, and no time passes. */
    public void set(Duration ahead) {
        now.updateAndGet(instant -> instant.plus(ahead));
    }

    /** Time passes while the machine is off. */
    public void passWhileOff(Duration duration) {
        set(duration);
        running.set(Duration.ZERO);
        starts++;
    }

    @Override
    public Reading read() {
        return new Reading("test-" + starts, running.get());
    }

    @Override
    public void await(Condition signal, Duration atMost) throws InterruptedException {
        if (atMost.compareTo(IDLE) >= 0) {
            signal.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } else {
            pass(atMost);
        }
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
