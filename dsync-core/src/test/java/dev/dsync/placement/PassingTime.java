package dev.dsync.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;

/** Time that passes as soon as somebody waits for it, and only then. Whoever has nothing to do waits for a signal. */
final class PassingTime implements Pause, InstantSource {

    private static final Duration NOTHING_TO_DO = Duration.ofHours(1);

    private final List<Duration> waits = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Instant over = Instant.MAX;

    @Override
    public void await(Condition signal, Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (atMost.compareTo(NOTHING_TO_DO) >= 0) {
            signal.await();
            return;
        }
        synchronized (this) {
            waits.add(atMost);
            now = now.plus(atMost);
        }
    }

    /** From then on nobody is patient any more. */
    synchronized void overAfter(Duration time) {
        over = now.plus(time);
    }

    @Override
    public synchronized boolean isOver() {
        return !now.isBefore(over);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** What was waited for so far, in seconds. */
    synchronized List<Long> waits() {
        return waits.stream().map(Duration::toSeconds).toList();
    }
}
