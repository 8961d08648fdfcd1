package dev.dsync.placement;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * Real time, until somebody wants to stop: from then on no wait but one for work is longer than a moment. Safe for use by
 * many threads.
 */
final class StoppablePause implements Pause {

    /** A wish to stop is heard after this long at the latest. */
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(250);

    private final BooleanSupplier stop;

    StoppablePause(BooleanSupplier stop) {
        this.stop = stop;
    }

    @Override
    public void await(Condition signal, Duration atMost) throws InterruptedException {
        // Who waits for work waits for a signal, and need not look at anything meanwhile.
        long slice = atMost.equals(UploadQueue.NO_WORK) ? Long.MAX_VALUE : SLICE;
        long left = atMost.toNanos();
        do {
            long most = Math.min(left, slice);
            long rest = signal.awaitNanos(most);
            if (rest > 0) {
                return;
            }
            left -= most - rest;
        } while (left > 0 && !isOver());
    }

    @Override
    public boolean isOver() {
        return stop.getAsBoolean();
    }
}
