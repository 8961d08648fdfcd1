package dev.dsync.web;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which commits the dashboard's own passes made, so that those of other processes can be told. Safe for use by many threads. */
final class OwnCommits {

    /** Long looked at: a look comes every half second. */
    private static final int MOST = 1000;

    private static final long NONE = Long.MAX_VALUE;

    private record Range(long after, long last) {}

    private final Deque<Range> made = new ArrayDeque<>();
    private long runningAfter = NONE;

    /** A pass begins that stands on this commit; until it ends nobody else in this home makes one. */
    synchronized void begin(long newest) {
        runningAfter = newest;
    }

    /** The pass has ended. */
    synchronized void end(long newest) {
        if (runningAfter < newest) {
            made.addLast(new Range(runningAfter, newest));
        }
        if (made.size() > MOST) {
            made.removeFirst();
        }
        runningAfter = NONE;
    }

    /** Whether a commit is one of them. */
    synchronized boolean has(long sequence) {
        return sequence > runningAfter
                || made.stream().anyMatch(range -> range.after() < sequence && sequence <= range.last());
    }
}
