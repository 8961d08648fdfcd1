package dev.dsync.pipeline.commit;

import dev.dsync.catalog.CommitInfo;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.TargetId;

/**
 * Notices targets that show an older state than this home has seen there. A disk restored from a backup does that, and so
 * does somebody who wants old files to be taken for the newest.
 */
final class Rollbacks {

    private final VaultParts vault;
    private final HomeFacts home;

    Rollbacks(VaultParts vault) {
        this.vault = vault;
        this.home = new HomeFacts(vault.catalog().home());
    }

    /**
     * Whether the target's root points to a commit before one that this home has seen there, and known to it. One that is
     * not known is no old state but another writer's, whatever its number. People are told once; the root counts as late
     * from then on and is written anew.
     */
    boolean isOne(TargetId target, CommitInfo found) {
        long seen = home.rootSequence(target);
        if (found.sequence() >= seen || !vault.catalog().commits().knows(found.hash())) {
            return false;
        }
        if (!home.rootLate(target)) {
            home.setRootLate(target);
            vault.notices()
                    .accept("target " + target + " was rolled back: it shows commit " + found.sequence() + " of "
                            + found.time() + ", this home has seen commit " + seen + " there. Someone put an old state"
                            + " back, for example from a backup: find out who before you rely on this target. The next"
                            + " sync that stores something writes the newest root there again");
        }
        return true;
    }
}
