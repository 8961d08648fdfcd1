package dev.dsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens, told to all who listen. A listener that cannot keep up loses what it missed and is told so. Safe for use
 * by many threads; telling never waits.
 */
final class Feed {

    /** Events that wait for one listener at most. */
    private static final int MOST_WAITING = 1000;

    /** Listeners at most: each occupies a thread of the server. */
    private static final int MOST_LISTENERS = 60;

    /**
     * Something that happened.
     *
     * @param name of its kind
     * @param data JSON
     */
    record Event(String name, String data) {}

    /** What a listener gets who missed some: look at everything anew. */
    private static final Event MISSED = new Event("reset", "{}");

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    void publish(String name, JsonNode data) {
        Event event = new Event(name, Json.text(data));
        subscriptions.forEach(subscription -> subscription.offer(event));
    }

    /** @throws ApiException if too many listen already */
    Subscription subscribe() {
        if (subscriptions.size() >= MOST_LISTENERS) {
            throw new ApiException(503, "too_many_listeners", "too many pages listen already: close some");
        }
        Subscription subscription = new Subscription();
        subscriptions.add(subscription);
        return subscription;
    }

    /** One listener's share. */
    final class Subscription implements AutoCloseable {

        private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
        private volatile boolean missed;

        private void offer(Event event) {
            if (!waiting.offer(event)) {
                missed = true;
            }
        }

        /** The next event; null if none happened for so long. */
        @Nullable
        Event next(Duration patience) throws InterruptedException {
            if (missed) {
                waiting.clear();
                missed = false;
                return MISSED;
            }
            return waiting.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}
