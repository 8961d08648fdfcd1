package dev.dsync.cli;

import java.util.function.Consumer;

/**
 * A wish to stop, from whoever runs the command. One that is heeded is met at a safe point; while nobody heeds it,
 * ending at once is safe. Safe for use by many threads.
 */
final class Stop {

    private final Consumer<Stop> listening;
    private volatile boolean requested;
    private volatile boolean heeded;

    /** A wish that only this process itself can utter. */
    Stop() {
        this(stop -> {});
    }

    /** @param listening begins to listen to people, once somebody heeds them */
    Stop(Consumer<Stop> listening) {
        this.listening = listening;
    }

    /** Says that somebody wants to stop. */
    void request() {
        requested = true;
    }

    /** Whether somebody wants to stop. */
    boolean requested() {
        return requested;
    }

    /** Says that from now on {@link #requested} is looked at. */
    synchronized void heed() {
        if (!heeded) {
            heeded = true;
            listening.accept(this);
        }
    }

    /** Whether anybody looks. */
    boolean heeded() {
        return heeded;
    }
}
