package dev.dsync.pipeline.commit;

import dev.dsync.catalog.Bytes;
import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitCodec;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.WriterId;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.pack.SealedPack;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.pipeline.ForeignVaultException;
import dev.dsync.pipeline.loss.Reach;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.Uploads;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Placed;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Makes commits: what the catalog has recorded since the last one becomes segments in catalog packs, a commit beside
 * them, and then roots that point to it. The order of writes is what makes it safe to die between any two: nothing
 * points to what is not stored.
 */
public final class CommitWriter {

    /** Races with other writers are joined at most this often before a person is asked. */
    private static final int MOST_RACES = 10;

    /** What is kept free in the commit's request for the commit itself, in bytes: enough for thousands of packs. */
    private static final long ROOM_FOR_COMMIT = 1 << 20;

    /** How long it is believed that no other home has begun to write: what a small pass takes. */
    private static final Duration A_MOMENT = Duration.ofMinutes(1);

    private final VaultParts vault;
    private final CommitSettings settings;
    private final ByteBudget budget;
    private final HomeFacts home;
    private final CommitRoots roots;
    private final CommitReader reader;
    private final LongConsumer whenCommitted;
    private Optional<Instant> caughtUpAt = Optional.empty();
    private long bytesStored;
    private int packsStored;
    private CatalogDoubts doubts = CatalogDoubts.NONE;
    private int joins;
    private boolean packAnew;

    public CommitWriter(VaultParts vault, CommitSettings settings, ByteBudget budget) {
        this(vault, settings, budget, sequence -> {});
    }

    /** @param whenCommitted hears the sequence of each commit that became part of the vault */
    public CommitWriter(VaultParts vault, CommitSettings settings, ByteBudget budget, LongConsumer whenCommitted) {
        this.whenCommitted = whenCommitted;
        this.vault = vault;
        this.settings = settings;
        this.budget = budget;
        this.home = new HomeFacts(vault.catalog().home());
        this.roots = new CommitRoots(vault);
        this.reader = new CommitReader(vault);
    }

    /** Bytes put on targets for commits so far: catalog packs, commits and roots, every copy counted. */
    public long bytesStored() {
        return bytesStored + roots.bytesStored();
    }

    /** Catalog packs stored so far. */
    public int packsStored() {
        return packsStored;
    }

    /** How often something was taken in that the targets had and this home had not. */
    public int joins() {
        return joins;
    }

    /** The next commit stores the whole catalog again and refers to no older catalog pack. */
    public void packAnew() {
        packAnew = true;
    }

    /** Has the next commit store anew what these are about; if they are about the newest commit, there will be one. */
    public void doubt(CatalogDoubts found) {
        doubts = found;
    }

    /** Whether a commit has something to carry, to finish or to renew. */
    public boolean hasWork() throws IOException {
        return isInDoubt()
                || vault.catalog().commits().hasUncommitted()
                || home.pending().isPresent()
                || home.otherParent().isPresent();
    }

    private boolean isInDoubt() throws IOException {
        Optional<CommitLog.Head> head = vault.catalog().commits().head();
        return head.isPresent() && doubts.concern(head.get());
    }

    /** Whether other homes write to this vault too: then what they wrote is looked for even if this one has nothing new. */
    public boolean isShared() {
        CommitLog log = vault.catalog().commits();
        return home.writer()
                .map(log::hasCommitOfOther)
                .orElseGet(() -> !log.history().isEmpty());
    }

    /**
     * Takes up what a process left that died before its commit was on its way: those records wait for the next commit.
     * Asks no target.
     */
    public void resume() {
        if (home.pending().isEmpty() && home.assigned() > headSequence()) {
            vault.catalog().commits().reopen(home.assigned(), writer());
        }
    }

    /**
     * Makes sure that nothing newer than what this catalog stands on lies on the targets, as far as one of them tells,
     * and that targets new to this home carry no other vault: one that does not tell is left alone for now. Called before
     * the first write of a pass.
     *
     * @return whether the catalog now stands elsewhere than before, or says of what was on its way that it is not committed
     * @throws ForeignVaultException if a target carries the root of another vault
     * @throws StorageException if no target is left
     */
    public boolean catchUp() throws IOException {
        long before = headSequence();
        boolean wasPending = home.pending().isPresent();
        caughtUpAt = Optional.of(vault.clock().instant());
        Optional<Root> root = roots.readOne();
        if (root.isPresent()) {
            join(root.get());
        }
        meetNewTargets();
        // Only those that were met: what the vault remembers as its own may have its root written anew.
        vault.pool().live().forEach(target -> vault.catalog().targets().remember(target.id()));
        settlePending();
        return headSequence() != before || wasPending;
    }

    private void meetNewTargets() throws IOException {
        StorageException failure = null;
        for (StorageBackend target : vault.pool().live()) {
            if (home.rootSequence(target.id()) == 0) {
                try {
                    meet(target);
                } catch (StorageException unanswered) {
                    vault.pool().leaveOut(target.id(), unanswered);
                    failure = unanswered;
                }
            }
        }
        if (failure != null && vault.pool().live().isEmpty()) {
            throw failure;
        }
    }

    private void meet(StorageBackend target) throws IOException {
        Optional<Root> found = roots.read(target);
        if (found.isPresent()) {
            join(found.get());
            home.setRootSequence(target.id(), found.get().commit().sequence());
        }
    }

    /** As {@link #catchUp}, unless that was done a moment ago and no other home is known to write. */
    public void catchUpAgain() throws IOException {
        Instant now = vault.clock().instant();
        boolean fresh = caughtUpAt
                .filter(at -> Duration.between(at, now).compareTo(A_MOMENT) <= 0)
                .isPresent();
        if (!fresh || isShared()) {
            catchUp();
        }
    }

    /** Takes in what {@code root} points to, unless the catalog knows it. */
    private void join(Root root) throws IOException {
        if (!roots.isHistory(root.commit().hash())) {
            reader.load(root);
            joins++;
        }
        settlePending();
    }

    /**
     * A commit was on its way when the process died, and no target knows of anything newer than what the catalog stands
     * on: it never became part of history, and its records wait for the next.
     */
    private void settlePending() {
        if (home.pending().isEmpty()) {
            return;
        }
        if (home.assigned() > 0) {
            vault.catalog().commits().reopen(home.assigned(), writer());
        }
        home.setPending(Optional.empty());
        vault.catalog().flush();
    }

    private long headSequence() {
        return vault.catalog()
                .commits()
                .head()
                .map(head -> head.info().sequence())
                .orElse(0L);
    }

    /** Commits what was recorded, if anything was, and brings roots up to date. */
    public void commit() throws IOException, InterruptedException {
        for (int race = 0;
                vault.catalog().commits().hasUncommitted() || home.otherParent().isPresent() || isInDoubt();
                race++) {
            if (race == MOST_RACES) {
                throw new IOException("other writers committed " + race + " times in a row while this home tried to:"
                        + " run it again when they are done");
            }
            commitInWhatSizeIsTaken();
        }
        updateLateRoots();
    }

    /** What targets find too large goes into smaller packs, as long as that makes them smaller. */
    private void commitInWhatSizeIsTaken() throws IOException, InterruptedException {
        for (boolean done = false; !done; ) {
            Optional<BackendLimits> before = vault.pool().commonLimits();
            try {
                commitOnce();
                done = true;
            } catch (BlobTooLargeException refused) {
                if (vault.pool().commonLimits().equals(before)) {
                    throw refused;
                }
                home.setPending(Optional.empty());
                vault.catalog().commits().reopen(home.assigned(), writer());
            }
        }
    }

    private void commitOnce() throws IOException, InterruptedException {
        CommitLog log = vault.catalog().commits();
        Optional<CommitLog.Head> head = log.head();
        // Above every root ever seen: one that lies on a target that is away now must never win over what follows.
        home.sawSequence(headSequence());
        long sequence = home.sequenceSeen() + 1;
        home.setAssigned(sequence);
        log.assign(sequence);
        vault.catalog().flush();

        Optional<Commit> base = head.isEmpty() ? Optional.empty() : Optional.of(CommitReader.decode(head.get()));
        if (head.isPresent()) {
            Root root = Root.decode(head.get().root().toArray());
            packAnew |= CommitPacks.anyLost(base.orElseThrow(), root, new Reach(vault));
        }
        List<Commit.Segment> kept =
                base.isEmpty() || packAnew ? List.of() : doubts.sound(base.get(), head.orElseThrow());
        try (CatalogUploads ahead = new CatalogUploads(vault.pool(), settings.commitCopies())) {
            CatalogPacker.Packed packed = new CatalogPacker(vault, settings, budget).pack(kept, sequence, ahead::take);
            packsStored += packed.last().size();
            try {
                send(base, head, packed, ahead, sequence);
                packAnew = false;
            } finally {
                packed.last().forEach(SealedPack::close);
            }
        }
    }

    private void send(
            Optional<Commit> base,
            Optional<CommitLog.Head> head,
            CatalogPacker.Packed packed,
            CatalogUploads ahead,
            long sequence)
            throws IOException, InterruptedException {
        List<SealedPack> beside = besideCommit(packed.last());
        for (SealedPack pack : packed.last()) {
            if (!beside.contains(pack)) {
                ahead.take(pack);
            }
        }
        List<Commit.CatalogPack> packs = new ArrayList<>(CommitPacks.retained(base, head, packed.segments()));
        packs.addAll(ahead.stored());
        packsStored += ahead.packs();
        bytesStored += ahead.bytes();
        beside.forEach(pack -> packs.add(new Commit.CatalogPack(pack.id(), pack.size(), List.of())));

        List<Sha256> parents = new ArrayList<>();
        head.ifPresent(parent -> parents.add(parent.info().hash()));
        home.otherParent().ifPresent(parents::add);
        Commit commit = new Commit(sequence, writer(), vault.clock().instant(), parents, packed.segments(), packs);
        byte[] sealed = vault.seals().commits().seal(CommitCodec.encode(commit), vault.random());
        CommitInfo info = new CommitInfo(sequence, commit.writer(), commit.time(), Digests.sha256(sealed));
        home.setPending(Optional.of(info.hash()));
        vault.catalog().flush();

        List<ByteBuffer> blobs = new ArrayList<>(List.of(ByteBuffer.wrap(sealed)));
        beside.forEach(pack -> blobs.add(pack.bytes()));
        List<Placed> placed = Uploads.await(vault.pool().store(blobs, settings.commitCopies()));
        bytesStored +=
                placed.size() * blobs.stream().mapToLong(ByteBuffer::remaining).sum();
        if (isShared() && overtaken(head.map(CommitLog.Head::info).map(CommitInfo::hash))) {
            return;
        }
        Root root = root(info, sealed.length, placed);
        roots.write(root);
        if (!overtaken(Optional.of(info.hash()))) {
            finish(commit, root, base);
        }
    }

    /** As many of the last catalog packs as fit into one request with the commit. */
    private List<SealedPack> besideCommit(List<SealedPack> last) {
        BackendLimits limits = vault.pool().commonLimits().orElse(new BackendLimits(1, 1, 1));
        List<SealedPack> beside = new ArrayList<>();
        long bytes = ROOM_FOR_COMMIT;
        for (SealedPack pack : last) {
            bytes += pack.size();
            if (bytes <= limits.maxRequestBytes() && beside.size() + 2 <= limits.maxBlobsPerRequest()) {
                beside.add(pack);
            }
        }
        return beside;
    }

    private Root root(CommitInfo info, int length, List<Placed> placed) {
        List<Root.Copy> copies = placed.stream()
                .map(copy -> new Root.Copy(
                        copy.target(),
                        copy.addresses().get(0),
                        copy.addresses().subList(1, copy.addresses().size())))
                .toList();
        return new Root(vault.vault(), info, length, copies);
    }

    /** Whether the roots point elsewhere than expected; if so that is taken in, and ours goes on top. */
    private boolean overtaken(Optional<Sha256> expected) throws IOException {
        Optional<Root> found = roots.readOne();
        if (found.isEmpty() || expected.equals(found.map(root -> root.commit().hash()))) {
            return false;
        }
        join(found.get());
        return true;
    }

    private void finish(Commit commit, Root root, Optional<Commit> base) throws IOException {
        if (commit.parents().size() > 1) {
            vault.notices()
                    .accept("another home wrote to this vault at the same time: commit " + commit.sequence()
                            + " joins what both stored, nothing is lost");
        }
        CommitLog log = vault.catalog().commits();
        Map<StoredCopy, Long> blobs = CommitPacks.added(commit, root, base);
        blobs.forEach(home::setSize);
        log.remember(root.commit(), List.copyOf(blobs.keySet()));
        log.setHead(new CommitLog.Head(
                root.commit(), Bytes.of(root.encode(Integer.MAX_VALUE)), Bytes.of(CommitCodec.encode(commit))));
        home.setPending(Optional.empty());
        home.setOtherParent(Optional.empty());
        home.setTakenOut(Optional.empty());
        new CountedTime(vault).note();
        vault.catalog().flush();
        whenCommitted.accept(commit.sequence());
    }

    /** Targets that were away when a root was written, or are new, get it now. */
    public void updateLateRoots() throws IOException, InterruptedException {
        roots.updateLate();
    }

    private WriterId writer() {
        return home.writer().orElseThrow(() -> new IllegalStateException("this home has no writer id yet"));
    }
}
