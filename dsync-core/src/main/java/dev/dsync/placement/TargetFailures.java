package dev.dsync.placement;

import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What failures mean for the targets of a pool: whose health changes, and how long none takes anything. Guarded by the
 * pool's lock.
 */
final class TargetFailures {

    private final List<Target> targets;
    private Instant toldUntil = Instant.MIN;

    TargetFailures(List<Target> targets) {
        this.targets = targets;
    }

    /** The targets whose health is another because of the failure. */
    List<Target> note(Target target, StorageException failure, boolean ofUpload) {
        // A service that blocks one of its targets blocks whoever uses the same account.
        List<Target> concerned = new ArrayList<>(List.of(target));
        if (failure instanceof TargetBlockedException blocked && !blocked.isOfOneOnly()) {
            targets.stream()
                    .filter(other -> other != target && other.account().equals(target.account()))
                    .forEach(concerned::add);
        }
        List<Target> news = new ArrayList<>(concerned);
        news.removeIf(one -> !one.failed(failure));
        boolean refused = failure instanceof BlobTooLargeException || failure instanceof BlobNotFoundException;
        if (ofUpload && refused && target.refused()) {
            news.add(target);
        }
        return news;
    }

    /** How long no target takes anything, if all fail and that was not said yet. */
    Optional<Duration> pauseOfAll() {
        List<Target> ready = targets.stream().filter(Target::ready).toList();
        if (ready.isEmpty() || !ready.stream().allMatch(Target::isFailing)) {
            return Optional.empty();
        }
        Instant now = ready.get(0).now();
        if (now.isBefore(toldUntil)) {
            return Optional.empty();
        }
        Duration shortest =
                ready.stream().map(Target::untilReady).min(Duration::compareTo).orElseThrow();
        toldUntil = now.plus(shortest);
        return Optional.of(shortest);
    }
}
