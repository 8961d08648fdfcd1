package dev.dsync.vault;

import dev.dsync.placement.Health;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.TargetId;

/** Makes sure, before anything is begun, that there is a target for it. */
final class ReachableTargets {

    private final TargetPool pool;
    private final OpenTargets targets;

    ReachableTargets(TargetPool pool, OpenTargets targets) {
        this.pool = pool;
        this.targets = targets;
    }

    /** A target that may be stored on. */
    void requireOne() throws NoTargetException {
        if (pool.live().isEmpty()) {
            throw new NoTargetException("no target can be reached: " + whyNone());
        }
    }

    /** A target that may be read: one that is retired may still answer. */
    void requireReadable() throws NoTargetException {
        boolean readable = pool.targets().stream()
                .map(target -> pool.health(target.id()))
                .anyMatch(health -> health == Health.READY || health == Health.RETIRED);
        if (!readable) {
            throw new NoTargetException("no target can be reached: " + whyNone());
        }
    }

    /** A target other than this one to store on. */
    void requireOther(TargetId target, Home home) throws ConfigurationException {
        if (pool.live().stream().allMatch(other -> other.id().equals(target))) {
            throw new ConfigurationException(
                    "there is no other target to move things to: add a line to " + home.targetLines() + " first");
        }
    }

    private String whyNone() {
        return targets.firstUnreachable()
                .or(() -> pool.targets().stream()
                        .filter(target -> pool.health(target.id()) == Health.RETIRED)
                        .map(target ->
                                "target " + target.id() + " is gone for good. Put another target into webhooks.txt")
                        .findFirst())
                .orElse("none is configured. Add a line to webhooks.txt");
    }
}
