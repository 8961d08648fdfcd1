package dev.dsync.placement;

import static java.util.Objects.requireNonNull;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Reads a blob from one of its copies, going from copy to copy, and waiting where a target asks for it. */
final class CopyReader {

    private static final int ROUNDS = 5;

    /** No read goes on for longer than this if nothing answers, and each answer may take a target's own patience. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Map<TargetId, Target> targets;
    private final UploadQueue queue;
    private final RateLimit rate;
    private final Pause pause;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition never = lock.newCondition();
    /** Targets that were waited for in vain: asked once more when they may be, not waited for until they answer. */
    private final Set<TargetId> silent = ConcurrentHashMap.newKeySet();

    /** @param rate of all targets together */
    CopyReader(Map<TargetId, Target> targets, UploadQueue queue, RateLimit rate, Pause pause, InstantSource clock) {
        this.targets = targets;
        this.queue = queue;
        this.rate = rate;
        this.pause = pause;
        this.clock = clock;
    }

    void read(List<StoredCopy> copies, long offset, ByteBuffer into) throws StorageException {
        List<StoredCopy> candidates = new ArrayList<>(copies);
        candidates.removeIf(copy -> !targets.containsKey(copy.target()));
        candidates.sort(Comparator.comparing(copy -> queue.health(target(copy.target()))));
        StorageException failure = outOfReach(copies);
        int start = into.position();
        Instant end = clock.instant().plus(LONGEST);
        for (int round = 0; round < ROUNDS && !candidates.isEmpty() && isWorthARound(round); round++) {
            Duration wait = null;
            for (StoredCopy copy : List.copyOf(candidates)) {
                if (isLeftAlone(copy.target())) {
                    continue;
                }
                try {
                    awaitRate(into.position(start).remaining());
                    target(copy.target()).backend.read(copy.address(), offset, into.position(start));
                    silent.remove(copy.target());
                    target(copy.target()).answered();
                    return;
                } catch (TargetUnavailableException later) {
                    failure = later;
                    if (isWaitedFor(copy.target())) {
                        wait = wait == null || later.retryAfter().compareTo(wait) < 0 ? later.retryAfter() : wait;
                    }
                } catch (StorageException final_) {
                    failure = final_;
                    candidates.remove(copy);
                    tell(copy.target(), final_);
                }
            }
            if (wait == null) {
                throw failure;
            }
            if (clock.instant().plus(wait).isAfter(end)) {
                break;
            }
            if (round + 1 < ROUNDS && !pause.isOver()) {
                await(wait);
            }
        }
        candidates.forEach(copy -> silent.add(copy.target()));
        throw failure;
    }

    private boolean isWorthARound(int round) {
        return round == 0 || !pause.isOver();
    }

    private Target target(TargetId id) {
        return requireNonNull(targets.get(id), "only copies on targets of this pool are candidates");
    }

    /** What ends a target for reading ends it for storing too. */
    private void tell(TargetId target, StorageException failure) {
        if (failure instanceof TargetGoneException || failure instanceof TargetBlockedException) {
            queue.failed(target(target), failure);
        }
    }

    /** Whether asking it would be another wait in vain. */
    private boolean isLeftAlone(TargetId target) {
        return silent.contains(target) && !target(target).backend.untilReady().isZero();
    }

    private boolean isWaitedFor(TargetId target) {
        return !silent.contains(target) && queue.health(target(target)) == Health.READY;
    }

    private void awaitRate(int bytes) throws TargetUnavailableException {
        Duration wait = rate.take(bytes);
        if (!wait.isZero()) {
            await(wait);
        }
    }

    private void await(Duration wait) throws TargetUnavailableException {
        lock.lock();
        try {
            pause.await(never, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetUnavailableException("interrupted while waiting for a target", Duration.ZERO, e);
        } finally {
            lock.unlock();
        }
    }

    private static StorageException outOfReach(List<StoredCopy> copies) {
        if (copies.isEmpty()) {
            return new BlobNotFoundException("no copy of it is left on any target");
        }
        return new TargetUnavailableException(
                "it lies on "
                        + copies.stream().map(copy -> copy.target().value()).collect(Collectors.joining(" and "))
                        + ", out of reach now: 'dsync targets' says why",
                Duration.ZERO);
    }
}
