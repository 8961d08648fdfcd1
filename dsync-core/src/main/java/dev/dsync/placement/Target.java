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
import java.util.Optional;

/** One target of the pool and how it is doing. Guarded by the pool's lock. */
final class Target {

    /** Failures in a row after which a target is left alone until the next run: with back-off, a few minutes. */
    static final int FAILURES_IN_A_ROW = 6;

    /** Where pauses are long, so many failures in a row are enough ... */
    static final int FAILURES_IN_A_LONG_TIME = 3;

    /** ... if nothing went well for this long. */
    static final Duration LONG_TIME = Duration.ofMinutes(15);

    /** A target that asks for no pause gets one all the same. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** A pause as short as this is sat out even by those who want to stop: it may be no more than a rate limit's. */
    private static final Duration WORTH_WAITING = Duration.ofSeconds(2);

    /** No service is believed that asks for more. */
    private static final Duration LONGEST_ASKED = Duration.ofDays(1);

    final StorageBackend backend;
    private final int leastBlobBytes;
    private final InstantSource clock;
    private Health health;
    private int failuresInARow;
    private Instant notBefore = Instant.MIN;
    private Instant failingSince = Instant.MAX;
    private volatile boolean answered;

    /** @param leastBlobBytes a target that takes no blob of so many bytes is of no use */
    Target(StorageBackend backend, int leastBlobBytes, InstantSource clock, Health health) {
        this.backend = backend;
        this.leastBlobBytes = leastBlobBytes;
        this.clock = clock;
        this.health = health;
    }

    Instant now() {
        return clock.instant();
    }

    TargetId id() {
        return backend.id();
    }

    /** What is lost together with it. */
    Account account() {
        return new Account(backend.place().service(), backend.place().account());
    }

    /** An account of a service. */
    record Account(String service, String name) {}

    Health health() {
        return health;
    }

    boolean ready() {
        return health == Health.READY;
    }

    /** How long until it may be sent a request: what the service asks for, and our own back-off. */
    Duration untilReady() {
        Duration own = notBefore.equals(Instant.MIN) ? Duration.ZERO : Duration.between(clock.instant(), notBefore);
        Duration asked = backend.untilReady();
        Duration longer = own.compareTo(asked) > 0 ? own : asked;
        return longer.isNegative() ? Duration.ZERO : longer;
    }

    /** Whether it takes no request for a while because of failures, though it still takes work. */
    boolean isFailing() {
        return ready() && notBefore.isAfter(clock.instant().plus(WORTH_WAITING));
    }

    /** Why it is of no use; empty if it takes blobs that are large enough. */
    Optional<TargetBlockedException> uselessness() {
        int taken = backend.limits().maxBlobBytes();
        return taken >= leastBlobBytes
                ? Optional.empty()
                : Optional.of(new TargetBlockedException("it takes no more than " + taken
                        + " bytes in one blob, and a target must take at least " + leastBlobBytes
                        + " bytes to be of use. Take its line out of webhooks.txt, or have its limit raised"));
    }

    /** It is left alone until the next run, as {@code now} says why; returns whether its health changed. */
    boolean leaveOut(Health now) {
        Health before = health;
        health = before == Health.READY ? now : before;
        return health != before;
    }

    /** Whether any request went well. */
    boolean hasAnswered() {
        return answered;
    }

    /** A request that only read went well. */
    void answered() {
        answered = true;
    }

    void succeeded() {
        answered = true;
        failuresInARow = 0;
        failingSince = Instant.MAX;
        notBefore = Instant.MIN;
    }

    /** Takes note of a failure; returns whether the health changed. */
    boolean failed(StorageException failure) {
        Health before = health;
        if (failure instanceof TargetGoneException) {
            health = Health.RETIRED;
        } else if (failure instanceof TargetBlockedException && health != Health.RETIRED) {
            health = Health.BLOCKED;
        } else if (failure instanceof TargetUnavailableException unavailable) {
            backOff(unavailable.retryAfter());
        }
        return health != before;
    }

    /** Takes note that it did not take what its limits allow; returns whether the health changed. */
    boolean refused() {
        Health before = health;
        strike();
        return health != before;
    }

    /** Takes no more work, though nothing is wrong with it. */
    void retire() {
        health = Health.RETIRED;
    }

    private void backOff(Duration retryAfter) {
        Duration asked = retryAfter.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : retryAfter;
        Instant now = clock.instant();
        // What failed while we waited already was sent together with what we wait for: the same trouble, counted once.
        if (!now.isBefore(notBefore)) {
            strike();
        }
        Duration wait = asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked;
        Duration doubled = wait.multipliedBy(1L << Math.min(failuresInARow - 1, 10));
        Duration capped = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
        Instant end = now.plus(asked.compareTo(capped) > 0 ? asked : capped);
        notBefore = end.isAfter(notBefore) ? end : notBefore;
    }

    private void strike() {
        Instant now = clock.instant();
        failuresInARow++;
        failingSince = now.isBefore(failingSince) ? now : failingSince;
        boolean longTime = Duration.between(failingSince, now).compareTo(LONG_TIME) > 0;
        int enough = longTime ? FAILURES_IN_A_LONG_TIME : FAILURES_IN_A_ROW;
        if (failuresInARow >= enough && health == Health.READY) {
            health = Health.UNREACHABLE;
        }
    }
}
