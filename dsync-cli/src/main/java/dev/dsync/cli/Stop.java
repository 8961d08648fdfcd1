package dev.dsync.cli;

/**
 * A wish to stop, from whoever runs the command. One that is heeded is met at a safe point; while nobody heeds it,
 * ending at once is safe. Safe for use by many threads.
 */
final class Stop {

    private Runnable listening = () -> {};
    private volatile boolean requested;
    private volatile boolean heeded;
    private boolean answering;

    /** Begins to listen to people once somebody heeds them. */
    synchronized void whenHeeded(Runnable begin) {
        listening = begin;
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
            listening.run();
        }
    }

    /** Whether anybody looks. */
    boolean heeded() {
        return heeded;
    }

    /** Says that from now on the command's last word is on its way to standard output. */
    synchronized void answer() {
        answering = true;
    }

    /** Ends at once; {@code lastWord} is spoken before, unless the command is speaking its own. */
    synchronized void end(Runnable lastWord) {
        if (!answering) {
            lastWord.run();
        }
        Runtime.getRuntime().halt(Exit.INTERRUPTED.status());
    }
}
