package dev.dsync.vault;

import dev.dsync.pipeline.SyncReport;

/** Something to do after each sync of a vault, whoever asked for it. */
@FunctionalInterface
public interface AfterSync {

    /** A sync came to its end with this report; the vault is open to write, and nobody else works with it. */
    void synced(Vault vault, SyncReport report);
}
