package dev.dsync.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The last line of a terminal, written again and again while something is under way that takes more than a second. Safe
 * for use by many threads.
 */
final class ProgressLine {

    /** What is done by then needs no line. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Where nothing happens, the line still tells that time goes by. */
    private static final Duration TICK = Duration.ofMillis(500);

    private static final int LEAST_WIDTH = 20;

    /** To the line's start, and clear the line: understood by every terminal since the VT100. */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream terminal;
    private final boolean shown;
    private final int width;
    private final InstantSource clock;
    private Instant begun;
    private Instant next;
    private Supplier<String> latest = () -> "";
    private boolean dirty;
    private boolean held;
    private boolean ended;
    private int begins;

    /**
     * A line that is not there yet.
     *
     * @param shown whether there is a terminal, and somebody who wants to see it
     * @param columns how many characters it is wide
     */
    ProgressLine(PrintStream terminal, boolean shown, int columns, InstantSource clock) {
        this.terminal = terminal;
        this.shown = shown;
        // A line that is broken in two cannot be written over, and some terminals break one that just fits.
        this.width = Math.max(LEAST_WIDTH, columns) - 1;
        this.clock = clock;
        this.begun = clock.instant();
        this.next = begun.plus(PATIENCE);
    }

    /** Whether anybody sees it. */
    boolean isShown() {
        return shown;
    }

    /**
     * Says what is under way, and from now on shows at least how long it has taken. After an {@link #end} it is a new line,
     * of something that begins now.
     */
    void begin(String what) {
        if (shown) {
            int begin = renewed(what);
            Thread ticks = new Thread(() -> tickOn(begin), "progress");
            ticks.setDaemon(true);
            ticks.start();
        }
    }

    private synchronized int renewed(String what) {
        if (ended) {
            ended = false;
            begun = clock.instant();
            next = begun.plus(PATIENCE);
        }
        latest = () -> what + ", " + Pace.shown(Duration.between(begun, clock.instant()));
        return ++begins;
    }

    private synchronized boolean isCurrent(int begin) {
        return begin == begins;
    }

    private void tickOn(int begin) {
        try {
            while (isCurrent(begin) && tick()) {
                Thread.sleep(TICK.toMillis());
            }
        } catch (InterruptedException e) {
            // The process ends.
        }
    }

    /** Shows once more how far it is. Says whether there will be more to show. */
    synchronized boolean tick() {
        draw();
        return !ended;
    }

    /** Shows how far it is, unless that was shown a moment ago. */
    synchronized void show(Supplier<String> text) {
        latest = text;
        draw();
    }

    private void draw() {
        if (!shown || held || ended) {
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        String line = Printable.of(latest.get());
        terminal.print(CLEAR + (line.length() > width ? line.substring(0, width - 1) + '…' : line));
        terminal.flush();
        dirty = true;
    }

    /** Keeps the line away until it is let go, while somebody types or another program has the terminal. */
    synchronized void hold() {
        clear();
        held = true;
    }

    /** The line may come back. */
    synchronized void letGo() {
        held = false;
    }

    /** Takes the line away, so that another can be written. */
    synchronized void clear() {
        if (dirty) {
            terminal.print(CLEAR);
            terminal.flush();
            dirty = false;
        }
    }

    /** Takes the line away for good. */
    synchronized void end() {
        clear();
        ended = true;
    }
}
