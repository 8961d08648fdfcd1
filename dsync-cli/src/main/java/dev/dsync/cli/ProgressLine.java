package dev.dsync.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The last line of a terminal, written again and again while something is under way. Safe for use by many threads. */
final class ProgressLine {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A line that is broken in two cannot be written over, so it stays shorter than any terminal in use. */
    private static final int WIDTH = 79;

    /** To the line's start, and clear the line: understood by every terminal since the VT100. */
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream terminal;
    private final boolean shown;
    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private boolean dirty;
    private boolean ended;

    ProgressLine(PrintStream terminal, boolean shown, InstantSource clock) {
        this.terminal = terminal;
        this.shown = shown;
        this.clock = clock;
    }

    /** Shows how far it is, unless that was shown a moment ago. */
    synchronized void show(Supplier<String> text) {
        if (!shown || ended) {
            return;
        }
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(PAUSE);
        String line = Printable.of(text.get());
        terminal.print(CLEAR + (line.length() > WIDTH ? line.substring(0, WIDTH - 1) + '…' : line));
        terminal.flush();
        dirty = true;
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
