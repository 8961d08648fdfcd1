package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

/** What was done since the dashboard started, newest first. Safe for use by many threads. */
final class Activity {

    private static final int MOST = 500;

    private final Deque<ObjectNode> entries = new ArrayDeque<>();
    private final Feed feed;
    private final InstantSource clock;
    private final UnaryOperator<String> redaction;

    /** How much an entry matters. */
    enum Weight {
        DONE,
        NOTE,
        TROUBLE
    }

    Activity(Feed feed, InstantSource clock, UnaryOperator<String> redaction) {
        this.feed = feed;
        this.clock = clock;
        this.redaction = redaction;
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
        }
        feed.publish("activity", entry);
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
