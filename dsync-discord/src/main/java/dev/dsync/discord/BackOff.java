package dev.dsync.discord;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to pause after a failure: twice as long each time, with jitter so that not all come back at once. */
final class BackOff {

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** The pause after one more failure: between half and all of what is due. */
    synchronized Duration failed() {
        long due = Rules.FIRST_PAUSE.toMillis() << Math.min(failures, 20);
        failures++;
        long capped = Math.min(due, Rules.LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(capped / 2 + (long) (random.nextDouble() * (capped / 2)));
    }

    synchronized boolean isFailing() {
        return failures > 0;
    }

    synchronized void succeeded() {
        failures = 0;
    }
}
