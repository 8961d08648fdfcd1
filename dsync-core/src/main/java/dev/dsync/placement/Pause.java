package dev.dsync.placement;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/** Waits for time to pass. A test passes time itself. */
public interface Pause {

    /** Real time. */
    Pause REAL = (signal, atMost) -> signal.await(atMost.toNanos(), TimeUnit.NANOSECONDS);

    /** Real time, until somebody wants to stop. */
    static Pause until(BooleanSupplier stop) {
        return new StoppablePause(stop);
    }

    /**
     * Waits until signalled, or for the given time, or until nobody is patient any more, whichever comes first; the
     * condition's lock is held.
     */
    void await(Condition signal, Duration atMost) throws InterruptedException;

    /** Whether nobody is patient any more: what failed is not worth waiting for, what goes well still is. */
    default boolean isOver() {
        return false;
    }
}
