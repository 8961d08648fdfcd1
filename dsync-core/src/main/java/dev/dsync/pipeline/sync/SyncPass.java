package dev.dsync.pipeline.sync;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.SuddenlyEmptyException;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.pipeline.commit.CatalogDoubts;
import dev.dsync.pipeline.commit.CommitWriter;
import dev.dsync.pipeline.loss.Losses;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.StopRequestedException;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.source.SourceTree;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One sync: walks the synced folder, stores what the vault lacks, records what changed, commits. One object makes one
 * pass.
 */
public final class SyncPass {

    private final VaultParts vault;
    private final SourceTree tree;
    private final SyncOptions options;
    private final Losses losses;
    private final SyncEvent.Listener listener;
    private final Tally tally = new Tally();
    private final Instant started;
    private final long requestsBefore;

    /** A pass over {@code tree} into {@code vault}, which stores again what was found lost. */
    public SyncPass(
            VaultParts vault, SourceTree tree, SyncOptions options, Losses losses, SyncEvent.Listener listener) {
        this.vault = vault;
        this.tree = tree;
        this.options = options;
        this.losses = losses;
        this.listener = listener;
        this.started = vault.clock().instant();
        this.requestsBefore = vault.pool().requests();
    }

    /**
     * Makes the pass.
     *
     * @throws SuddenlyEmptyException if the folder is empty while the vault has files of it, unless that is allowed
     * @throws ForeignVaultException if a target carries another vault
     * @throws dev.dsync.storage.StorageException if no target is left to store on
     */
    public SyncReport run() throws IOException, InterruptedException {
        try (ByteBudget budget = vault.newBudget()) {
            CommitWriter commits = new CommitWriter(
                    vault, options.commits(), budget, sequence -> listener.on(new SyncEvent.Committed(sequence)));
            if (options.dryRun()) {
                compare(new Preview(tally, listener));
                return report(commits, false);
            }
            commits.resume();
            boolean interrupted = store(budget, commits);
            if (!interrupted) {
                losses.settle();
                new OwedCopies(vault, options, tally).store(commits);
            }
            commits.doubt(new CatalogDoubts(losses.ofTheCatalog()));
            if (commits.hasWork() || commits.isShared()) {
                commits.catchUpAgain();
                commits.commit();
            } else {
                commits.updateLateRoots();
            }
            new CountedTime(vault).note();
            if (!interrupted) {
                new HomeFacts(vault.catalog().home())
                        .setLastSync(vault.clock().instant().truncatedTo(ChronoUnit.SECONDS));
            }
            vault.catalog().flush();
            return report(commits, interrupted);
        }
    }

    private void compare(Changes changes) throws IOException, InterruptedException {
        new TreeComparison(vault.catalog(), tree, options, tally, changes, listener).run();
    }

    private boolean store(ByteBudget budget, CommitWriter commits) throws IOException, InterruptedException {
        try (Recorder recorder =
                new Recorder(vault, tree.root(), options, listener, tally, commits, losses.trust(), budget)) {
            boolean interrupted = false;
            try {
                compareAgainIfMoved(recorder);
            } catch (StopRequestedException e) {
                interrupted = true;
            }
            recorder.finish();
            return interrupted;
        }
    }

    private void compareAgainIfMoved(Recorder recorder) throws IOException, InterruptedException {
        try {
            compare(recorder);
        } catch (CatalogMovedException e) {
            tally.restart();
            compare(recorder);
        }
    }

    private SyncReport report(CommitWriter commits, boolean interrupted) {
        return new SyncReport(
                tally.added.get(),
                tally.changed.get(),
                tally.deleted.get(),
                tally.unchanged.get(),
                tally.failed(),
                tally.skipped(),
                tally.bytesRead.get(),
                tally.bytesStored.get() + commits.bytesStored(),
                tally.packs.get() + commits.packsStored(),
                vault.pool().requests() - requestsBefore,
                Duration.between(started, vault.clock().instant()),
                interrupted);
    }
}
