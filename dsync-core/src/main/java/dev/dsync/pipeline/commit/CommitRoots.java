package dev.dsync.pipeline.commit;

import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.Sha256;
import dev.dsync.key.Envelope;
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The roots as the writing home sees them: read before a commit, written after it, and brought up to date where one was
 * late. A root that does not open, on a target this vault uses, counts as none and is written anew.
 */
final class CommitRoots {

    private final VaultParts vault;
    private final HomeFacts home;
    private final RootBook roots;
    private final Rollbacks rollbacks;
    private long bytesStored;

    CommitRoots(VaultParts vault) {
        this.vault = vault;
        this.home = new HomeFacts(vault.catalog().home());
        this.roots = new RootBook(vault);
        this.rollbacks = new Rollbacks(vault);
    }

    /** Bytes of roots written so far, every copy counted. */
    long bytesStored() {
        return bytesStored;
    }

    /**
     * The root of the first target that answers with a sound one, or with none.
     *
     * @throws ForeignVaultException if a target that this vault never used carries another one's
     */
    Optional<Root> readOne() throws IOException {
        StorageException failure = null;
        for (StorageBackend target : vault.pool().live()) {
            try {
                Optional<Root> root = read(target);
                if (root.isPresent() || !home.rootLate(target.id())) {
                    return root;
                }
            } catch (StorageException e) {
                failure = e;
                if (vault.pool().isImpatient()) {
                    break;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return Optional.empty();
    }

    /** The root of this one target; empty if it has none, an unsound one, or one that was put back from old times. */
    Optional<Root> read(StorageBackend target) throws IOException {
        try {
            Optional<Root> root = roots.read(target);
            root.ifPresent(found -> home.sawSequence(found.commit().sequence()));
            return root.filter(found -> !rollbacks.isOne(target.id(), found.commit()));
        } catch (ForeignVaultException | DamagedVaultException e) {
            if (!home.used(target.id())) {
                throw e;
            }
            if (!home.rootLate(target.id())) {
                home.setRootLate(target.id());
                vault.notices()
                        .accept(
                                "the root on target " + target.id()
                                        + " is damaged or was overwritten; this home knows what belongs there and writes it anew");
            }
            return Optional.empty();
        }
    }

    /** Writes the root on every live target; fails if not even one has it. */
    void write(Root root) throws IOException, InterruptedException {
        if (write(root, vault.pool().live()) == 0) {
            throw new TargetUnavailableException(
                    "no target took the root of commit " + root.commit().sequence()
                            + ": nothing is lost, the next sync finishes it",
                    Duration.ZERO);
        }
    }

    /** Targets that were away when a root was written, are new, or have a root that is not what it should be, get it now. */
    void updateLate() throws IOException, InterruptedException {
        Optional<CommitLog.Head> head = vault.catalog().commits().head();
        if (head.isEmpty()) {
            return;
        }
        long sequence = head.get().info().sequence();
        List<StorageBackend> late = new ArrayList<>();
        for (StorageBackend target : vault.pool().live()) {
            boolean behind = home.rootSequence(target.id()) < sequence || home.rootLate(target.id());
            if (behind && !isRetired(target) && holdsNothingNewer(target)) {
                late.add(target);
            }
        }
        if (!late.isEmpty()) {
            write(Root.decode(head.get().root().toArray()), late);
            vault.catalog().flush();
        }
    }

    private int write(Root root, List<StorageBackend> targets) throws IOException, InterruptedException {
        List<TargetId> written = roots.write(root, targets);
        bytesStored += (long) written.size() * Envelope.sealedLength(root.encode(Integer.MAX_VALUE).length);
        written.forEach(target -> home.setRootSequence(target, root.commit().sequence()));
        return written.size();
    }

    private boolean isRetired(StorageBackend target) {
        return vault.catalog()
                .targets()
                .find(target.id())
                .filter(known -> known.state() == KnownTarget.State.RETIRED)
                .isPresent();
    }

    /** A root this home does not know is left alone: the next pass that writes takes it in first. */
    private boolean holdsNothingNewer(StorageBackend target) throws IOException {
        try {
            Optional<Root> root = read(target);
            return root.isEmpty() || isHistory(root.get().commit().hash());
        } catch (StorageException e) {
            // It is late again; another pass tries.
            return false;
        }
    }

    /** Whether the commit belongs to the history that this catalog stands on. */
    boolean isHistory(Sha256 commit) {
        return vault.catalog().commits().knows(commit);
    }
}
