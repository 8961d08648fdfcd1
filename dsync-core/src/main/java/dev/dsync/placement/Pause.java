package dev.dsync.placement;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** Waits for time to pass. A test passes time itself. */
public interface Pause {

    /** Real time. */
    Pause REAL = (signal, atMost) -> signal.await(atMost.toNanos(), TimeUnit.NANOSECONDS);

    /** Waits until signalled or for the given time, whichever comes first; the condition's lock is held. */
    void await(Condition signal, Duration atMost) throws InterruptedException;
}
