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

    /** How often, in real time, a thread that waits for a signal too looks whether its moment has come. */
    private static final long LOOK_MICROS = 500;

    private final ManualClock clock;
    private final List<Long> waiting = new ArrayList<>();
    private int threads = Integer.MAX_VALUE;

    Lockstep(ManualClock clock) {
        this.clock = clock;
    }

    /** So many threads work, and time stands still while one of them does. */
    synchronized void begin(int count) {
        threads = count;
        advance();
    }

    /** Nobody looks at the time any more: whoever still waits need not wait for others, and the threads can end. */
    synchronized void end() {
        threads = 0;
        long last = waiting.stream().mapToLong(Long::longValue).max().orElse(0);
        clock.sleep(Duration.ofMillis(Math.max(0, last - clock.millis())));
        notifyAll();
    }

    @Override
    public void await(Condition signal, Duration atMost) throws InterruptedException {
        Long until = arrive(atMost);
        try {
            boolean signalled;
            do {
                // even if its moment has come: others may want the lock that goes with the signal
                signalled = signal.await(LOOK_MICROS, TimeUnit.MICROSECONDS);
                advance();
            } while (!signalled && clock.millis() < until);
        } finally {
            leave(until);
        }
    }

    /** Lets that much time pass for the calling thread. */
    synchronized void sleep(Duration duration) throws InterruptedException {
        Long until = arrive(duration);
        try {
            while (clock.millis() < until) {
                wait();
            }
        } finally {
            leave(until);
        }
    }

    private synchronized Long arrive(Duration duration) {
        Long until = clock.millis() + Math.max(1, duration.toMillis());
        waiting.add(until);
        advance();
        return until;
    }

    private synchronized void advance() {
        if (waiting.isEmpty() || waiting.size() < threads) {
            return;
        }
        long first = waiting.stream().mapToLong(Long::longValue).min().orElse(0);
        if (first > clock.millis()) {
            clock.sleep(Duration.ofMillis(first - clock.millis()));
            notifyAll();
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
