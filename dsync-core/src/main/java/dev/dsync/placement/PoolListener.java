package dev.dsync.placement;

import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;

/** Hears how targets are doing. Called from many threads; must return quickly. */
public interface PoolListener {

    /** Hears nothing. */
    PoolListener SILENT = (target, health, cause) -> {};

    /** The target's health is now this, because of that failure. */
    void changed(TargetId target, Health health, StorageException cause);
}
