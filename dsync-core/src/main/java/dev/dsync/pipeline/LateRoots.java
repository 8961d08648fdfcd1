package dev.dsync.pipeline;

import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Root;
import dev.dsync.key.Envelope;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The targets whose roots are behind: they were away when the newest was written, or are new. */
final class LateRoots {

    private final VaultParts vault;
    private final RootBook roots;
    private final HomeFacts home;

    LateRoots(VaultParts vault, RootBook roots, HomeFacts home) {
        this.vault = vault;
        this.roots = roots;
        this.home = home;
    }

    /** Gives them the newest root; returns the bytes written. */
    long update() throws IOException, InterruptedException {
        Optional<CommitLog.Head> head = vault.catalog().commits().head();
        if (head.isEmpty()) {
            return 0;
        }
        long sequence = head.get().info().sequence();
        List<StorageBackend> late = new ArrayList<>();
        for (StorageBackend target : vault.pool().live()) {
            if (home.rootSequence(target.id()) < sequence && !isRetired(target) && holdsNothingNewer(target)) {
                late.add(target);
            }
        }
        if (late.isEmpty()) {
            return 0;
        }
        Root root = Root.decode(head.get().root().toArray());
        List<TargetId> written = roots.write(root, late);
        written.forEach(target -> home.setRootSequence(target, sequence));
        vault.catalog().flush();
        return (long) written.size() * Envelope.sealedLength(root.encode(Integer.MAX_VALUE).length);
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
            Optional<Root> root = roots.read(target);
            return root.isEmpty()
                    || vault.catalog().commits().history().stream()
                            .anyMatch(known ->
                                    known.hash().equals(root.get().commit().hash()));
        } catch (StorageException e) {
            // It is late again; another pass tries.
            return false;
        }
    }
}
