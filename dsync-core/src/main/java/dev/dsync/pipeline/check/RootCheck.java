package dev.dsync.pipeline.check;

import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.key.EnvelopeException;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckProblem.Kind;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.commit.CommitPacks;
import dev.dsync.pipeline.commit.CommitReader;
import dev.dsync.pipeline.commit.RootBook;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.SuspectCopies.Suspect;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks what leads from the targets alone to the catalog: roots, the newest commit, where its packs lie. */
final class RootCheck {

    private final VaultParts vault;
    private final CommitLog.Head head;
    private final RootBook roots;
    private final StoredPackReader reader;
    private final Findings findings;

    RootCheck(VaultParts vault, CommitLog.Head head, Findings findings) {
        this.vault = vault;
        this.head = head;
        this.roots = new RootBook(vault);
        this.reader = new StoredPackReader(vault);
        this.findings = findings;
    }

    /** Every live target has a root that leads to the newest commit. */
    void checkRoots() {
        Set<Sha256> history = vault.catalog().commits().history().stream()
                .map(CommitInfo::hash)
                .collect(Collectors.toSet());
        for (StorageBackend target : vault.pool().live()) {
            try {
                Optional<Root> root = roots.read(target);
                if (root.isEmpty()) {
                    wrongRoot(Kind.ROOT_MISSING, target.id(), "there is no root; the next sync writes it");
                } else {
                    check(target.id(), root.get().commit(), history);
                }
            } catch (StorageException e) {
                report(Kind.ROOT_UNREACHABLE, target.id(), String.valueOf(e.getMessage()));
            } catch (ForeignVaultException e) {
                wrongRoot(Kind.ROOT_FOREIGN, target.id(), String.valueOf(e.getMessage()));
            } catch (IOException e) {
                wrongRoot(Kind.ROOT_DAMAGED, target.id(), String.valueOf(e.getMessage()));
            }
        }
        reportAway();
    }

    /** That another target has everything too must not hide that nobody has looked at this one. */
    private void reportAway() {
        Reach reach = new Reach(vault);
        for (KnownTarget target : vault.catalog().targets().all()) {
            if (reach.of(target.id()) == Reach.Standing.AWAY) {
                report(
                        Kind.ROOT_UNREACHABLE,
                        target.id(),
                        "it cannot be reached now, so nothing of what lies there was checked; 'dsync targets' says"
                                + " why. Bring it back, or give it up with 'dsync targets evacuate'");
            }
        }
    }

    /** A root newer than what this home knows is another writer's: nothing is wrong with it. */
    private void check(TargetId target, CommitInfo found, Set<Sha256> history) {
        CommitInfo newest = head.info();
        if (found.hash().equals(newest.hash()) || found.sequence() > newest.sequence()) {
            return;
        }
        if (history.contains(found.hash())) {
            wrongRoot(
                    Kind.ROOT_BEHIND,
                    target,
                    "its root points to commit " + found.sequence() + ", the newest is " + newest.sequence()
                            + "; the next sync brings it up to date");
        } else {
            report(
                    Kind.ROOT_FORKED,
                    target,
                    "its root points to a commit " + found.sequence() + " by writer " + found.writer()
                            + " that does not belong to this history, whose newest is " + newest.sequence());
        }
    }

    /** Every copy of the newest commit within reach is there and opens. */
    void checkCommit(Root root) {
        boolean good = false;
        boolean bad = false;
        for (Root.Copy copy : root.copies()) {
            if (!roots.live(copy.target())) {
                continue;
            }
            StoredCopy at = new StoredCopy(copy.target(), copy.commit());
            try {
                if (isHead(reader.fetch(List.of(at), root.commitLength()))
                        || isHead(reader.fetchAnew(at, root.commitLength()))) {
                    good = true;
                } else {
                    bad = true;
                    findings.suspect(Suspect.commit(at));
                    report(
                            Kind.COMMIT_DAMAGED,
                            copy.target(),
                            "commit " + head.info().sequence() + " in blob " + copy.commit()
                                    + " is not what was stored");
                }
            } catch (BlobNotFoundException e) {
                bad = true;
                findings.suspect(Suspect.commit(at));
                report(
                        Kind.COMMIT_MISSING,
                        copy.target(),
                        "commit " + head.info().sequence() + ": " + e.getMessage());
            } catch (IOException e) {
                report(Kind.COMMIT_UNREACHABLE, copy.target(), String.valueOf(e.getMessage()));
            }
        }
        if (!good && !bad) {
            findings.add(new CheckProblem(
                    Kind.COMMIT_UNREACHABLE,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    List.of(),
                    "no target that has commit " + head.info().sequence() + " can be reached"));
        }
    }

    private boolean isHead(ByteBuffer commit) {
        if (!Digests.sha256(commit).equals(head.info().hash())) {
            return false;
        }
        try {
            byte[] content = vault.seals().commits().open(commit);
            return Arrays.equals(content, head.content().toArray());
        } catch (EnvelopeException e) {
            return false;
        }
    }

    /** The catalog packs that the newest commit names, as stored packs. */
    List<StoredPack> catalogPacks(Root root) throws IOException {
        List<StoredPack> packs = new ArrayList<>();
        for (Commit.CatalogPack pack :
                CommitPacks.located(CommitReader.decode(head), root).values()) {
            packs.add(new StoredPack(pack.id(), PackKind.CATALOG, Suite.AES_256_GCM, pack.size(), pack.copies()));
        }
        return packs;
    }

    private void wrongRoot(Kind kind, TargetId target, String detail) {
        findings.suspect(Suspect.root(target));
        report(kind, target, detail);
    }

    private void report(Kind kind, TargetId target, String detail) {
        findings.add(new CheckProblem(
                kind,
                Optional.of(target),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                "on target " + target + ": " + detail));
    }
}
