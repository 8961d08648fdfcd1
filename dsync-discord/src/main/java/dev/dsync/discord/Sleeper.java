package dev.dsync.discord;

import java.time.Duration;

/** How a thread waits. Tests wait by moving their clock instead. */
@FunctionalInterface
public interface Sleeper {

    /** Returns once the duration has passed on the clock that belongs to this sleeper. */
    void sleep(Duration duration) throws InterruptedException;
}
