package dev.dsync.placement;

import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** One target of the pool and how it is doing. Guarded by the pool's lock. */
final class Target {

    /** Failures in a row after which a target is left alone until the next run: with back-off, a few minutes. */
    static final int FAILURES_IN_A_ROW = 6;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    final StorageBackend backend;
    private final InstantSource clock;
    private Health health = Health.READY;
    private int failuresInARow;
    private Instant notBefore = Instant.MIN;

    Target(StorageBackend backend, InstantSource clock) {
        this.backend = backend;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    TargetId id() {
        return backend.id();
    }

    Health health() {
        return health;
    }

    boolean ready() {
        return health == Health.READY;
    }

    /** How long until it may be sent a request: what the service asks for, and our own back-off. */
    Duration untilReady() {
        Duration own = notBefore == Instant.MIN ? Duration.ZERO : Duration.between(clock.instant(), notBefore);
        Duration asked = backend.untilReady();
        Duration longer = own.compareTo(asked) > 0 ? own : asked;
        return longer.isNegative() ? Duration.ZERO : longer;
    }

    void succeeded() {
        failuresInARow = 0;
        notBefore = Instant.MIN;
    }

    /** Takes note of a failure; returns whether the health changed. */
    boolean failed(StorageException failure) {
        Health before = health;
        if (failure instanceof TargetUnavailableException unavailable) {
            failuresInARow++;
            notBefore = clock.instant().plus(backOff(unavailable.retryAfter()));
            if (failuresInARow >= FAILURES_IN_A_ROW && health == Health.READY) {
                health = Health.UNREACHABLE;
            }
        } else if (failure instanceof TargetGoneException) {
            health = Health.RETIRED;
        } else if (failure instanceof TargetBlockedException) {
            health = Health.BLOCKED;
        }
        return health != before;
    }

    private Duration backOff(Duration asked) {
        Duration doubled = asked.multipliedBy(1L << Math.min(failuresInARow - 1, 10));
        Duration capped = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        return asked.compareTo(capped) > 0 ? asked : capped;
    }
}
