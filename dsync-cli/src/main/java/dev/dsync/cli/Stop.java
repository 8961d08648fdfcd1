package dev.dsync.cli;

/**
 * A wish to stop, from whoever runs the command. One that is heeded is met at a safe point; while nobody heeds it,
 * ending at once is safe. Safe for use by many threads.
 */
final class Stop {

    private volatile boolean requested;
    private volatile boolean heeded;

    /** Says that somebody wants to stop. */
    void request() {
        requested = true;
    }

    /** Whether somebody wants to stop. */
    boolean requested() {
        return requested;
    }

    /** Says that from now on {@link #requested} is looked at. */
    void heed() {
        heeded = true;
    }

    /** Whether anybody looks. */
    boolean heeded() {
        return heeded;
    }
}
