package dev.dsync.pipeline.loss;

import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Health;
import dev.dsync.storage.TargetId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How the targets that copies lie on stand to this home, in one pass. Safe for use by many threads. */
public final class Reach {

    /** How one target stands. */
    public enum Standing {
        /** It can be asked. */
        IN_REACH,
        /** A line names it, but it does not answer now: what lies there is taken for good. */
        AWAY,
        /** No line names it: nobody knows whether it will ever come back. */
        NOT_CONFIGURED,
        /** Gone for good: what lies there counts as lost. */
        RETIRED
    }

    private final VaultParts vault;
    private final Set<TargetId> retired = ConcurrentHashMap.newKeySet();

    public Reach(VaultParts vault) {
        this.vault = vault;
        for (KnownTarget target : vault.catalog().targets().all()) {
            if (target.state() == KnownTarget.State.RETIRED) {
                retired.add(target.id());
            }
        }
    }

    /** This target is gone, as was just found out. */
    void retired(TargetId target) {
        retired.add(target);
    }

    public Standing of(TargetId target) {
        boolean configured = vault.pool().find(target).isPresent();
        if (retired.contains(target) || configured && vault.pool().health(target) == Health.RETIRED) {
            return Standing.RETIRED;
        }
        if (configured) {
            return vault.pool().health(target) == Health.READY ? Standing.IN_REACH : Standing.AWAY;
        }
        return vault.away().contains(target) ? Standing.AWAY : Standing.NOT_CONFIGURED;
    }

    /** Whether a copy of the pack lies on a target that is not retired. */
    boolean inUse(StoredPack pack) {
        return pack.copies().stream().anyMatch(copy -> of(copy.target()) != Standing.RETIRED);
    }

    /** Whether a copy of the pack lies on a target that can be asked. */
    public boolean inReach(StoredPack pack) {
        return pack.copies().stream().anyMatch(copy -> of(copy.target()) == Standing.IN_REACH);
    }

    /** Whether a copy of the pack lies on a target that a line names. */
    boolean expected(StoredPack pack) {
        return expectedCopies(pack) > 0;
    }

    /** How many copies of the pack lie on targets that a line names, whether or not they answer now. */
    public long expectedCopies(StoredPack pack) {
        return pack.copies().stream()
                .map(copy -> of(copy.target()))
                .filter(standing -> standing == Standing.IN_REACH || standing == Standing.AWAY)
                .count();
    }
}
