package dev.dsync.placement;

import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.time.Duration;

/** Hears how targets are doing. Called from many threads; must return quickly. */
public interface PoolListener {

    /** Hears nothing. */
    PoolListener SILENT = (target, health, cause) -> {};

    /** The target's health is now this, because of that failure. */
    void changed(TargetId target, Health health, StorageException cause);

    /** Every target that takes work has failed: nothing is stored for so long, and here is why the last one failed. */
    default void allWait(Duration pause, StorageException cause) {}
}
