package dev.dsync.storage;

import java.time.Duration;

/**
 * How much a service takes in a time.
 *
 * @param of what is counted and who shares it, for people, for example {@code uploads of this webhook}
 * @param requests the most requests in the span
 * @param span the time in which they count
 */
public record RateLimit(String of, int requests, Duration span) {

    public RateLimit {
        if (requests < 1 || span.isNegative() || span.isZero()) {
            throw new IllegalArgumentException(requests + " requests in " + span + " are no limit");
        }
    }
}
