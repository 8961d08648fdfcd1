package dev.dsync.discord;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Headers;

/** The buckets of one webhook. Routes whose answers name the same bucket share it. */
final class Buckets {

    private final Map<Route, Bucket> byRoute = new EnumMap<>(Route.class);
    private final Map<String, Bucket> byName = new HashMap<>();

    synchronized Bucket of(Route route) {
        return byRoute.computeIfAbsent(route, r -> new Bucket());
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
    }
}
