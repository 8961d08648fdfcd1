package dev.dsync.discord;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Headers;

/**
 * The buckets of one webhook. Routes whose answers name the same bucket share it. What is known of each outlives the
 * process, so that the next one does not begin by asking too much.
 */
final class Buckets {

    private static final int NUMBERS_PER_ROUTE = 3;

    private final Slots memory;
    private final Map<Route, Bucket> byRoute = new EnumMap<>(Route.class);
    private final Map<String, Bucket> byName = new HashMap<>();

    /** @param memory as many numbers as {@link #slots} says; for one webhook only */
    Buckets(Slots memory) {
        this.memory = memory;
    }

    /** How many numbers the buckets of a webhook are remembered in. */
    static int slots() {
        return NUMBERS_PER_ROUTE * Route.values().length;
    }

    synchronized Bucket of(Route route) {
        return byRoute.computeIfAbsent(route, this::remembered);
    }

    private Bucket remembered(Route route) {
        int at = NUMBERS_PER_ROUTE * route.ordinal();
        return memory.exclusively(numbers -> new Bucket(numbers.get(at), numbers.get(at + 1), numbers.get(at + 2)));
    }

    private void remember(Route route, Bucket bucket) {
        int at = NUMBERS_PER_ROUTE * route.ordinal();
        long[] state = bucket.state();
        memory.exclusively(numbers -> numbers.put(at, state));
    }

    /** Takes in what the answer to a request that had room in {@code used} tells. */
    synchronized void learn(Route route, Bucket used, Headers headers, long now) {
        used.answered();
        Bucket bucket = used;
        String name = headers.get("X-RateLimit-Bucket");
        if (name != null) {
            bucket = byName.computeIfAbsent(name, n -> used);
            byRoute.put(route, bucket);
        }
        bucket.learn(headers, now);
        remember(route, bucket);
    }
}
