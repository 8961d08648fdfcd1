package dev.dsync.discord.emulator;

import java.time.Duration;
import java.util.Locale;
import mockwebserver3.MockResponse;

/** A limit that is shown in headers: so many requests from the first one on until its time is over. */
final class HeaderBucket {

    private final String name;
    private int used;
    private long resetsAt = Long.MIN_VALUE;

    HeaderBucket(String name) {
        this.name = name;
    }

    /** Counts a request; returns how long it has to wait in seconds, zero if it may pass. */
    double take(long now, int limit, Duration span) {
        if (now >= resetsAt) {
            used = 0;
            resetsAt = now + span.toMillis();
        }
        if (used >= limit) {
            return (resetsAt - now) / 1000.0;
        }
        used++;
        return 0;
    }

    MockResponse shownOn(MockResponse reply, long now, int limit) {
        return reply.newBuilder()
                .setHeader("X-RateLimit-Limit", limit)
                .setHeader("X-RateLimit-Remaining", Math.max(0, limit - used))
                .setHeader("X-RateLimit-Reset", String.format(Locale.ROOT, "%.3f", resetsAt / 1000.0))
                .setHeader("X-RateLimit-Reset-After", String.format(Locale.ROOT, "%.3f", (resetsAt - now) / 1000.0))
                .setHeader("X-RateLimit-Bucket", name)
                .build();
    }
}
