package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * News of single files: the event {@code file}. When there are too many to tell each, one event without a path says how
 * many others there were. Counts every change, so that whoever keeps something can see that it is out of date. Safe for
 * use by many threads.
 */
final class FileNews {

    private static final int MOST_A_SECOND = 100;
    private static final Duration WINDOW = Duration.ofSeconds(1);

    private final Feed feed;
    private final InstantSource clock;
    private final AtomicLong revision = new AtomicLong();
    private Instant windowEnds = Instant.MIN;
    private int told;
    private long untold;

    FileNews(Feed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** Changes whenever a file did. */
    long revision() {
        return revision.get();
    }

    void stored(String path) {
        changed(path, "stored");
    }

    void deleted(String path) {
        changed(path, "deleted");
    }

    void failed(String path, String why) {
        feed.publish(
                "file", Json.object().put("path", path).put("change", "failed").put("why", why));
    }

    private void changed(String path, String change) {
        revision.incrementAndGet();
        ObjectNode event;
        synchronized (this) {
            Instant now = clock.instant();
            if (!now.isBefore(windowEnds)) {
                windowEnds = now.plus(WINDOW);
                told = 0;
            }
            told++;
            if (told > MOST_A_SECOND) {
                untold++;
                return;
            }
            event = Json.object().put("path", path).put("change", change);
        }
        feed.publish("file", event);
    }

    /** Something changed of which no more is known. */
    void somethingChanged() {
        revision.incrementAndGet();
        synchronized (this) {
            untold++;
        }
    }

    /** Tells how many were not told; to be called now and then. */
    void tellTheRest() {
        long rest;
        synchronized (this) {
            rest = untold;
            untold = 0;
        }
        if (rest > 0) {
            feed.publish("file", Json.object().put("change", "many").put("count", rest));
        }
    }
}
