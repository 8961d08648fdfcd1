package dev.dsync.cli;

import dev.dsync.source.FolderChanges;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Makes pass after pass: when something has changed and then been quiet for a while, because a file that is being written
 * is not worth storing, and at least every so often, because systems do not tell of everything.
 */
final class WatchLoop {

    /** So long must nothing have changed before a pass: longer than the pauses of most programs that write a file. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** A wish to stop is heard after this long at the latest. */
    private static final Duration SLICE = Duration.ofMillis(300);

    private final FolderChanges changes;
    private final Duration interval;
    private final LongSupplier nanos;
    private final BooleanSupplier stop;

    /** One pass. */
    @FunctionalInterface
    interface Pass {
        void run() throws Exception;
    }

    /**
     * A loop over changes.
     *
     * @param interval from the end of one pass to the next at the latest; also how long files that change all the time
     *     may put a pass off
     * @param nanos a clock that only goes forward, in nanoseconds
     * @param stop whether to end, after the pass that is being made
     */
    WatchLoop(FolderChanges changes, Duration interval, LongSupplier nanos, BooleanSupplier stop) {
        this.changes = changes;
        this.interval = interval;
        this.nanos = nanos;
        this.stop = stop;
    }

    /** Makes passes until it is to stop or one fails. */
    void run(Pass pass) throws Exception {
        while (!stop.getAsBoolean()) {
            pass.run();
            awaitNext();
        }
    }

    private void awaitNext() throws InterruptedException {
        long start = nanos.getAsLong();
        boolean changed = false;
        while (!changed && left(start, interval) > 0 && !stop.getAsBoolean()) {
            changed = changes.await(slice(left(start, interval)));
        }
        if (changed) {
            settle();
        }
    }

    private void settle() throws InterruptedException {
        long start = nanos.getAsLong();
        long last = start;
        while (left(last, QUIET) > 0 && left(start, interval) > 0 && !stop.getAsBoolean()) {
            long wait = Math.min(left(last, QUIET), left(start, interval));
            if (changes.await(slice(wait))) {
                last = nanos.getAsLong();
            }
        }
    }

    private long left(long since, Duration of) {
        return of.toNanos() - (nanos.getAsLong() - since);
    }

    private static Duration slice(long left) {
        return Duration.ofNanos(Math.min(left, SLICE.toNanos()));
    }
}
