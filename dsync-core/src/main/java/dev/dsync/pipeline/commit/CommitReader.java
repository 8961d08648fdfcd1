package dev.dsync.pipeline.commit;

import static java.util.Objects.requireNonNull;

import dev.dsync.catalog.Bytes;
import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitCodec;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.MalformedCatalogException;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.SegmentReader;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.key.EnvelopeException;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackException;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackReader;
import dev.dsync.pipeline.DamagedVaultException;
import dev.dsync.pipeline.content.StoredPackReader;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.BlobNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Brings the local catalog to the commit that a root points to. */
public final class CommitReader {

    private static final String WHO_CAN_MEND_IT = ". A home that knows this vault puts it right with"
            + " 'dsync check --repair'; else bring the target's files back from a backup";

    private final VaultParts vault;
    private final StoredPackReader packs;
    private long commitsRead;

    public CommitReader(VaultParts vault) {
        this.vault = vault;
        this.packs = new StoredPackReader(vault);
    }

    /** How many commits were read from targets so far. */
    long commitsRead() {
        return commitsRead;
    }

    /**
     * Takes in the commit that {@code root} points to. If it does not follow from where the catalog stands, what only
     * this home has is left uncommitted, to go into a commit that joins the two.
     */
    public void load(Root root) throws IOException {
        try {
            take(root);
        } catch (BlobNotFoundException e) {
            throw new DamagedVaultException(
                    "commit " + root.commit().sequence() + " is not whole any more: " + e.getMessage()
                            + WHO_CAN_MEND_IT,
                    e);
        } catch (DamagedVaultException e) {
            throw new DamagedVaultException(e.getMessage() + WHO_CAN_MEND_IT, e);
        }
    }

    private void take(Root root) throws IOException {
        Commit theirs = fetch(root);
        Map<PackId, Commit.CatalogPack> located = CommitPacks.located(theirs, root);
        Optional<CommitLog.Head> head = vault.catalog().commits().head();
        Optional<Commit> base = head.isEmpty() ? Optional.empty() : Optional.of(decode(head.get()));
        List<Commit.Segment> ours = base.map(Commit::segments).orElse(List.of());
        List<Commit.Segment> fresh = new ArrayList<>(theirs.segments());
        fresh.removeAll(new HashSet<>(ours));
        long shared = sharedEnd(ours, theirs.segments());
        Set<Sha256> ancestors = ancestors(root, theirs, fresh, located, head);
        Set<Sha256> known = hashes();
        boolean follows = head.isEmpty() || ancestors.contains(head.get().info().hash());
        CommitLog log = vault.catalog().commits();
        settlePending(log, ancestors);
        List<CommitMade> branch = follows ? List.of() : setAside(log, ancestors, shared, head.orElseThrow());
        NeededPacks needed = new NeededPacks(vault.catalog());
        if (!follows || shared == 0) {
            log.forget();
            fresh = theirs.segments();
        }
        PutBack putBack = new PutBack(vault.catalog().packs());
        for (Commit.Segment segment : fresh) {
            read(segment, located, record -> {
                log.apply(record);
                if (!follows) {
                    putBack.accept(record);
                }
            });
        }
        branch.forEach(made -> log.apply(new CommitMade(made.commit(), made.blobs(), theirs.sequence() + 1)));
        needed.keep();
        Map<StoredCopy, Long> blobs = CommitPacks.added(theirs, root, base);
        blobs.forEach(new HomeFacts(vault.catalog().home())::setSize);
        log.remember(root.commit(), List.copyOf(blobs.keySet()));
        log.setHead(new CommitLog.Head(
                root.commit(), Bytes.of(root.encode(Integer.MAX_VALUE)), Bytes.of(CommitCodec.encode(theirs))));
        count(known);
        vault.catalog().flush();
    }

    private Set<Sha256> hashes() {
        Set<Sha256> hashes = new HashSet<>();
        vault.catalog().commits().history().forEach(commit -> hashes.add(commit.hash()));
        return hashes;
    }

    /** The age of what was not known until now counts from now on. */
    private void count(Set<Sha256> known) {
        CountedTime counted = new CountedTime(vault);
        vault.catalog().commits().history().stream()
                .filter(commit -> !known.contains(commit.hash()))
                .mapToLong(CommitInfo::sequence)
                .min()
                .ifPresent(counted::learned);
        counted.note();
    }

    /**
     * A commit of this home that was on its way either is among what is taken in now, or never became part of history:
     * then its records wait for the next, and what it took out of the vault is put back, for another may rely on it.
     */
    private void settlePending(CommitLog log, Set<Sha256> ancestors) throws IOException {
        HomeFacts home = new HomeFacts(vault.catalog().home());
        TakenOut takenOut = new TakenOut(vault.catalog());
        if (home.pending().filter(ancestors::contains).isPresent()) {
            takenOut.settle();
        } else {
            if (home.pending().isPresent() && home.writer().isPresent() && home.assigned() > 0) {
                log.reopen(home.assigned(), home.writer().get());
            }
            takenOut.putBack();
        }
        home.setPending(Optional.empty());
    }

    /**
     * What this home committed on its own branch becomes uncommitted again; the next commit names both parents.
     *
     * @return the commits of the branch, which are to be remembered
     */
    private List<CommitMade> setAside(CommitLog log, Set<Sha256> ancestors, long shared, CommitLog.Head branch) {
        long fork = log.history().stream()
                .filter(commit -> ancestors.contains(commit.hash()))
                .mapToLong(CommitInfo::sequence)
                .max()
                .orElse(shared);
        HomeFacts home = new HomeFacts(vault.catalog().home());
        for (long sequence = fork + 1; sequence <= branch.info().sequence(); sequence++) {
            log.reopen(sequence, home.writer().orElse(branch.info().writer()));
        }
        home.setOtherParent(Optional.of(branch.info().hash()));
        return CommitBlobs.of(vault.catalog()).stream()
                .filter(made -> made.commit().sequence() > fork)
                .toList();
    }

    private Commit fetch(Root root) throws IOException {
        List<StoredCopy> copies = root.copies().stream()
                .map(copy -> new StoredCopy(copy.target(), copy.commit()))
                .toList();
        commitsRead++;
        return packs.whole(copies, root.commitLength(), bytes -> open(root, bytesOf(bytes)));
    }

    private static byte[] bytesOf(ByteBuffer remaining) {
        byte[] bytes = new byte[remaining.remaining()];
        remaining.duplicate().get(bytes);
        return bytes;
    }

    private Commit open(Root root, byte[] sealed) throws IOException {
        String which = "commit " + root.commit().sequence();
        if (!Digests.sha256(sealed).equals(root.commit().hash())) {
            throw new DamagedVaultException(
                    which + " is not the one its root points to: its hash is " + Digests.sha256(sealed) + ", wanted "
                            + root.commit().hash(),
                    null);
        }
        try {
            Commit commit = CommitCodec.decode(vault.seals().commits().open(ByteBuffer.wrap(sealed)));
            requireSame(root.commit(), commit);
            return commit;
        } catch (EnvelopeException e) {
            throw new DamagedVaultException(which + ": " + e.getMessage(), e);
        }
    }

    private static void requireSame(CommitInfo wanted, Commit found) throws DamagedVaultException {
        if (found.sequence() != wanted.sequence()
                || !found.writer().equals(wanted.writer())
                || !found.time().equals(wanted.time())) {
            throw new DamagedVaultException(
                    "commit " + found.sequence() + " says that writer " + found.writer() + " made it at "
                            + found.time() + ", its root says commit " + wanted.sequence() + ", writer "
                            + wanted.writer() + " and " + wanted.time(),
                    null);
        }
    }

    public static Commit decode(CommitLog.Head head) throws MalformedCatalogException {
        return CommitCodec.decode(head.content().toArray());
    }

    private static long sharedEnd(List<Commit.Segment> ours, List<Commit.Segment> theirs) {
        long end = 0;
        for (int i = 0; i < Math.min(ours.size(), theirs.size()) && ours.get(i).equals(theirs.get(i)); i++) {
            end = ours.get(i).to();
        }
        return end;
    }

    /** The commits that theirs follows from, as far as ours are among them, and itself. */
    private Set<Sha256> ancestors(
            Root root,
            Commit theirs,
            List<Commit.Segment> fresh,
            Map<PackId, Commit.CatalogPack> located,
            Optional<CommitLog.Head> ours)
            throws IOException {
        Set<Sha256> ancestors = new HashSet<>(theirs.parents());
        ancestors.add(root.commit().hash());
        if (ours.isEmpty() || !ancestors.contains(ours.get().info().hash())) {
            for (Commit.Segment segment : fresh) {
                read(segment, located, record -> {
                    if (record instanceof CommitMade made) {
                        ancestors.add(made.commit().hash());
                    }
                });
            }
        }
        return ancestors;
    }

    private void read(Commit.Segment segment, Map<PackId, Commit.CatalogPack> located, Consumer<CatalogRecord> records)
            throws IOException {
        SegmentReader reader = new SegmentReader(segment.from(), segment.to(), records);
        OpenPack open = null;
        try {
            for (Commit.Block block : segment.blocks()) {
                Commit.CatalogPack pack =
                        requireNonNull(located.get(block.pack()), "a block lies in a pack of its commit");
                if (open == null || !open.directory().id().equals(block.pack())) {
                    close(open);
                    open = open(pack);
                }
                reader.read(block(open, block, pack));
            }
            reader.end();
        } catch (PackException | CorruptChunkException | MalformedCatalogException e) {
            throw new DamagedVaultException(
                    "the catalog of commits " + (segment.from() + 1) + " to " + segment.to() + " is damaged: "
                            + e.getMessage(),
                    e);
        } finally {
            close(open);
        }
    }

    /** A catalog pack in memory. */
    private record OpenPack(PackDirectory directory, PackReader reader, ByteBuffer bytes) {}

    private OpenPack open(Commit.CatalogPack pack) throws IOException {
        return packs.whole(pack.copies(), pack.size(), bytes -> open(pack, bytes));
    }

    private OpenPack open(Commit.CatalogPack pack, ByteBuffer bytes) throws IOException {
        PackDirectory directory = packs.directory(pack.id(), bytes);
        return new OpenPack(directory, packs.opener(directory), bytes);
    }

    private byte[] block(OpenPack open, Commit.Block block, Commit.CatalogPack pack) throws IOException {
        try {
            return block(open, block);
        } catch (PackException | CorruptChunkException damaged) {
            return packs.again(
                    pack.copies(),
                    pack.size(),
                    bytes -> {
                        OpenPack once = open(pack, bytes);
                        try {
                            return block(once, block);
                        } finally {
                            close(once);
                        }
                    },
                    damaged);
        }
    }

    private static void close(@Nullable OpenPack pack) {
        if (pack != null) {
            pack.reader().close();
        }
    }

    private byte[] block(OpenPack pack, Commit.Block block) throws IOException {
        List<PackEntry> entries = pack.directory().entries();
        if (block.entry() >= entries.size()) {
            throw new DamagedVaultException(
                    "catalog pack " + pack.directory().id() + " has " + entries.size()
                            + " entries, the commit names entry " + block.entry(),
                    null);
        }
        PackEntry entry = entries.get(block.entry());
        ByteBuffer plain = packs.open(pack.reader(), pack.directory().suite(), entry, pack.bytes(), 0);
        byte[] bytes = new byte[plain.remaining()];
        plain.get(bytes);
        return bytes;
    }
}
