package dev.dsync.discord.emulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts what happened within a span before now. */
final class Window {

    private final Deque<Long> times = new ArrayDeque<>();

    /** How long until one more may happen, in seconds; zero if it may now. */
    double wait(long now, int limit, Duration span) {
        while (!times.isEmpty() && times.peekFirst() <= now - span.toMillis()) {
            times.pollFirst();
        }
        if (times.size() < limit) {
            return 0;
        }
        long[] held = times.stream().mapToLong(Long::longValue).toArray();
        return (held[held.length - limit] + span.toMillis() - now) / 1000.0;
    }

    void happened(long now) {
        times.addLast(now);
    }
}
