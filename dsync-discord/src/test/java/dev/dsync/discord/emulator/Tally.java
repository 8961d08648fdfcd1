package dev.dsync.discord.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the emulator has seen: requests by kind and answers by status. Safe for use by many threads. */
public final class Tally {

    private final Map<String, Integer> requests = new TreeMap<>();
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private long fileBytes;

    private final List<Event> events = new ArrayList<>();

    Tally() {}

    /** Something that happens after so many more requests. */
    private static final class Event {
        final String kind;
        final Runnable happening;
        int requests;

        Event(String kind, int requests, Runnable happening) {
            this.kind = kind;
            this.requests = requests;
            this.happening = happening;
        }
    }

    void count(String kind, int status) {
        List<Event> due = new ArrayList<>();
        synchronized (this) {
            requests.merge(kind, 1, Integer::sum);
            answers.merge(status, 1, Integer::sum);
            for (Event event : events) {
                if (event.kind.equals(kind) && --event.requests == 0) {
                    due.add(event);
                }
            }
            events.removeAll(due);
        }
        due.forEach(event -> event.happening.run());
    }

    synchronized void after(String kind, int count, Runnable happening) {
        events.add(new Event(kind, count, happening));
    }

    /** Requests of all kinds, those for files included. */
    public synchronized int requests() {
        return requests.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Requests of one kind: {@code GET webhook}, {@code POST message}, {@code PATCH message}, {@code GET file} and so on. */
    public synchronized int requests(String kind) {
        return requests.getOrDefault(kind, 0);
    }

    public synchronized int answers(int status) {
        return answers.getOrDefault(status, 0);
    }

    synchronized void handedOut(long bytes) {
        fileBytes += bytes;
    }

    /** How many bytes of files were handed out. */
    public synchronized long fileBytes() {
        return fileBytes;
    }

    public synchronized void clear() {
        fileBytes = 0;
        requests.clear();
        answers.clear();
    }

    @Override
    public synchronized String toString() {
        return requests + " answered " + answers;
    }
}
