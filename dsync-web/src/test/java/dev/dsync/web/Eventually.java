package dev.dsync.web;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process brings about, and no longer than it takes. */
final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private Eventually() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    static void holds(Condition condition) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come true within " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }
}
