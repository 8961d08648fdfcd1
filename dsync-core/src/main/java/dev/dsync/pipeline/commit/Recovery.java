package dev.dsync.pipeline.commit;

import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Root;
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.RecoveryReport;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Rebuilds the catalog from the targets and the key. */
public final class Recovery {

    private final VaultParts vault;
    private final RootBook roots;
    private final CommitReader reader;

    public Recovery(VaultParts vault) {
        this.vault = vault;
        this.roots = new RootBook(vault);
        this.reader = new CommitReader(vault);
    }

    /**
     * Takes in the newest commit that any target's root points to and that can be read.
     *
     * @throws ForeignVaultException if there are roots and the key opens none of them
     * @throws DamagedVaultException if there are roots and none is sound
     * @throws IOException if there are roots, and what none of them points to can be read
     */
    public RecoveryReport recover() throws IOException {
        long before = vault.pool().requests();
        List<Root> candidates = candidates();
        IOException failure = null;
        for (Root root : candidates) {
            try {
                load(root);
                break;
            } catch (IOException e) {
                failure = failure == null ? e : failure;
            }
        }
        Optional<CommitInfo> head = vault.catalog().commits().head().map(CommitLog.Head::info);
        if (failure != null && head.isEmpty()) {
            throw failure;
        }
        vault.catalog().flush();
        return new RecoveryReport(
                vault.catalog().versions().totals().files(),
                reader.commitsRead(),
                vault.pool().requests() - before,
                head);
    }

    /** Distinct roots of all targets, the newest first. */
    private List<Root> candidates() throws IOException {
        try {
            RootBook.Answers answers = roots.readAll();
            HomeFacts home = new HomeFacts(vault.catalog().home());
            judge(answers);
            Rollbacks rollbacks = new Rollbacks(vault);
            answers.roots().forEach((target, root) -> {
                if (!rollbacks.isOne(target, root.commit())) {
                    home.setRootSequence(target, root.commit().sequence());
                }
            });
            List<Root> all = new ArrayList<>(answers.roots().values());
            all.sort(Comparator.comparingLong((Root root) -> root.commit().sequence())
                    .reversed());
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking the targets for their roots", e);
        }
    }

    /** A root that is not sound is no obstacle as long as another target has a sound one. */
    private void judge(RootBook.Answers answers) throws IOException {
        if (answers.unsound().isEmpty()) {
            return;
        }
        boolean known = vault.catalog().commits().head().isPresent();
        if (answers.roots().isEmpty() && !known) {
            throw noneSound(answers);
        }
        answers.unsound()
                .forEach((target, trouble) -> vault.notices()
                        .accept(trouble.getMessage()
                                + (known ? afterwards(trouble) : ". Going on with the root of another target")));
    }

    private static String afterwards(IOException trouble) {
        return trouble instanceof DamagedVaultException ? ". The next sync that stores something writes it anew" : "";
    }

    private static IOException noneSound(RootBook.Answers answers) {
        Optional<DamagedVaultException> damage = answers.unsound().values().stream()
                .filter(DamagedVaultException.class::isInstance)
                .map(DamagedVaultException.class::cast)
                .findFirst();
        if (damage.isEmpty()) {
            return answers.unsound().values().iterator().next();
        }
        return new DamagedVaultException(
                damage.get().getMessage() + ". No target that answers has a sound root"
                        + (answers.unreachable().isEmpty()
                                ? ""
                                : "; " + answers.unreachable().size() + " did not answer")
                        + ". Bring back a target that has one, or the root file from a backup of the target",
                damage.get());
    }

    private void load(Root root) throws IOException {
        if (!vault.catalog().commits().knows(root.commit().hash())) {
            reader.load(root);
        }
    }
}
