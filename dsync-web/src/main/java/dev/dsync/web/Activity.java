package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was done in dashboards of a home, this one and those before, newest first. Safe for use by many threads. */
final class Activity {

    private static final Logger LOG = LoggerFactory.getLogger(Activity.class);
    private static final int MOST = 500;

    private final Deque<ObjectNode> entries = new ArrayDeque<>();
    private final Feed feed;
    private final InstantSource clock;
    private final UnaryOperator<String> redaction;
    private final ActivityLog log;

    /** How much an entry matters. */
    enum Weight {
        DONE,
        NOTE,
        TROUBLE
    }

    /** @param file where it is kept for the next dashboard */
    Activity(Path file, Feed feed, InstantSource clock, UnaryOperator<String> redaction) {
        this.feed = feed;
        this.clock = clock;
        this.redaction = redaction;
        this.log = new ActivityLog(file, MOST);
        try {
            log.read().forEach(entries::addFirst);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("what was done before cannot be read", e);
        }
    }

    void done(String sentence) {
        add(Weight.DONE, sentence);
    }

    void note(String sentence) {
        add(Weight.NOTE, sentence);
    }

    void trouble(String sentence) {
        add(Weight.TROUBLE, sentence);
    }

    private void add(Weight weight, String sentence) {
        ObjectNode entry = Json.object()
                .put("time", clock.instant().toString())
                .put("weight", weight.name().toLowerCase(java.util.Locale.ROOT))
                .put("text", redaction.apply(sentence));
        synchronized (entries) {
            entries.addFirst(entry);
            if (entries.size() > MOST) {
                entries.removeLast();
            }
            keep(entry);
        }
        feed.publish("activity", entry);
    }

    /** Nothing that is done fails because it cannot be noted. */
    private void keep(ObjectNode entry) {
        try {
            log.add(entry, entries);
        } catch (IOException e) {
            LOG.warn("what was done cannot be noted", e);
        }
    }

    ObjectNode all() {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("entries");
        synchronized (entries) {
            entries.forEach(entry -> list.add(entry.deepCopy()));
        }
        return answer;
    }
}
