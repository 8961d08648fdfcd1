package dev.dsync.discord;

import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.placement.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * Time for several threads that work as if in real time, only without waiting: the clock moves when all of them wait,
 * and then to the moment at which the first of them has waited enough.
 */
final class Lockstep implements Pause {

    /** How often, in real time, a thread looks whether its moment has come. */
    private static final long LOOK_MICROS = 200;

    private final ManualClock clock;
    private final List<Long> waiting = new ArrayList<>();
    private int threads = Integer.MAX_VALUE;

    Lockstep(ManualClock clock) {
        this.clock = clock;
    }

    /** So many threads work, and time stands still while one of them does. */
    synchronized void begin(int count) {
        threads = count;
    }

    /** Nobody looks at the time any more: whoever still waits need not wait for others, and the threads can end. */
    synchronized void end() {
        threads = 0;
    }

    @Override
    public void await(Condition signal, Duration atMost) throws InterruptedException {
        Long until = arrive(atMost);
        try {
            boolean signalled = false;
            while (!signalled && clock.millis() < until) {
                signalled = signal.await(LOOK_MICROS, TimeUnit.MICROSECONDS);
                advance();
            }
        } finally {
            leave(until);
        }
    }

    /** Lets that much time pass for the calling thread. */
    void sleep(Duration duration) throws InterruptedException {
        Long until = arrive(duration);
        try {
            while (clock.millis() < until) {
                TimeUnit.MICROSECONDS.sleep(LOOK_MICROS);
                advance();
            }
        } finally {
            leave(until);
        }
    }

    private synchronized Long arrive(Duration duration) {
        Long until = clock.millis() + Math.max(1, duration.toMillis());
        waiting.add(until);
        return until;
    }

    private synchronized void advance() {
        if (waiting.size() < threads) {
            return;
        }
        long first = waiting.stream().mapToLong(Long::longValue).min().orElse(0);
        if (first > clock.millis()) {
            clock.sleep(Duration.ofMillis(first - clock.millis()));
        }
    }

    @Override
    public synchronized String toString() {
        return waiting.stream().map(until -> until - clock.millis()).toList() + " of " + threads;
    }

    private synchronized void leave(Long until) {
        waiting.remove(until);
    }
}
