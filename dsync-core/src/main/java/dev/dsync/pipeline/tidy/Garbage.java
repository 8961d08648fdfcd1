package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.Commit;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.CommitLog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.KnownTarget;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.catalog.WriterId;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.commit.CommitBlobs;
import dev.dsync.pipeline.commit.CommitReader;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobLister;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The blobs that commits of the past left behind and nothing refers to any more. The commits themselves list them, so a
 * home that lost its state finds them again. They are deleted once every target that is not retired carries the newest
 * root; and if another home writes to the vault, no sooner than a day after they were first found to be of no use, for
 * the other may be at work on what it knew before.
 */
final class Garbage {

    /** A writer that committed within so long may be at work now. */
    static final Duration COMPANY = Duration.ofDays(30);

    /** No pass goes on for longer than this with what it knew when it began. */
    static final Duration GRACE = Duration.ofDays(1);

    /** So many blobs are deleted in one call: those of one message are neighbours, so few messages are changed twice. */
    private static final int AT_ONCE = 200;

    private final VaultParts vault;
    private final Catalog catalog;
    private final PruneOptions options;
    private final HomeFacts home;
    private final Waiting waiting;
    private final Instant now;
    private final Duration counted;
    private long packsDeleted;
    private long bytesFreed;
    private long blobsWaiting;

    Garbage(VaultParts vault, PruneOptions options, Instant now) {
        this.vault = vault;
        this.catalog = vault.catalog();
        this.options = options;
        this.home = new HomeFacts(catalog.home());
        this.waiting = Waiting.garbage(home);
        this.now = now;
        this.counted = new CountedTime(vault).now();
    }

    long packsDeleted() {
        return packsDeleted;
    }

    long bytesFreed() {
        return bytesFreed;
    }

    /** How many blobs are left to a later run. */
    long blobsWaiting() {
        return blobsWaiting;
    }

    /** Lists the copies of packs that the next commit takes out of the vault, so that this commit carries the list. */
    void leave(List<StoredPack> packs) {
        CommitInfo head = catalog.commits().head().orElseThrow().info();
        List<StoredCopy> blobs = new ArrayList<>();
        CommitBlobs.of(catalog).stream()
                .filter(made -> made.commit().hash().equals(head.hash()))
                .forEach(made -> blobs.addAll(made.blobs()));
        for (StoredPack pack : packs) {
            blobs.addAll(pack.copies());
            pack.copies()
                    .forEach(copy ->
                            waiting.add(copy, new Waiting.Note(counted, pack.size(), pack.kind() != PackKind.CATALOG)));
        }
        catalog.commits().remember(head, List.copyOf(new LinkedHashSet<>(blobs)));
        waiting.save();
    }

    /** Whether another home may be at work on this vault. */
    boolean inCompany() {
        Optional<WriterId> self = home.writer();
        Ages ages = new Ages(vault, now, options.clockTrusted());
        return catalog.commits().history().stream()
                .filter(commit -> !self.equals(Optional.of(commit.writer())))
                .anyMatch(commit -> !ages.isPast(commit.sequence(), COMPANY));
    }

    /** Deletes what may be deleted now. */
    void delete() throws IOException {
        Set<StoredCopy> useless = useless();
        List<StoredCopy> ripe = ripe(useless);
        Set<StoredCopy> gone = new HashSet<>();
        if (!ripe.isEmpty() && rootsAreCurrent()) {
            Map<TargetId, List<StoredCopy>> byTarget = new TreeMap<>();
            ripe.forEach(blob -> byTarget.computeIfAbsent(blob.target(), id -> new ArrayList<>())
                    .add(blob));
            byTarget.forEach((target, blobs) -> gone.addAll(delete(target, blobs)));
            strike(gone);
        }
        useless.removeAll(gone);
        waiting.keep(useless);
        blobsWaiting = useless.size();
        catalog.flush();
    }

    /** What {@link #delete} would delete, if all targets were up to date: counted as if it were done. */
    void preview() throws IOException {
        Set<StoredCopy> useless = useless();
        List<StoredCopy> ripe = ripe(useless);
        ripe.forEach(this::count);
        blobsWaiting = (long) useless.size() - ripe.size();
    }

    /** Blobs that commits list and nothing refers to, on targets that are in use. */
    private Set<StoredCopy> useless() throws IOException {
        Set<StoredCopy> useless = new LinkedHashSet<>();
        CommitBlobs.of(catalog).forEach(made -> useless.addAll(made.blobs()));
        useless.removeAll(referred(catalog));
        Set<TargetId> retired = new HashSet<>();
        for (KnownTarget target : catalog.targets().all()) {
            if (target.state() == KnownTarget.State.RETIRED) {
                retired.add(target.id());
            }
        }
        useless.removeIf(blob -> retired.contains(blob.target()));
        return useless;
    }

    /** Every blob that the newest commit and the packs of the catalog refer to. */
    static Set<StoredCopy> referred(Catalog catalog) throws IOException {
        Set<StoredCopy> referred = new HashSet<>();
        Optional<CommitLog.Head> head = catalog.commits().head();
        if (head.isPresent()) {
            Root root = Root.decode(head.get().root().toArray());
            root.copies().forEach(copy -> referred.add(new StoredCopy(copy.target(), copy.commit())));
            root.copies()
                    .forEach(copy ->
                            copy.beside().forEach(address -> referred.add(new StoredCopy(copy.target(), address))));
            Commit commit = CommitReader.decode(head.get());
            commit.packs().forEach(pack -> referred.addAll(pack.copies()));
        }
        for (PackKind kind : PackKind.values()) {
            try (Cursor<StoredPack> packs = catalog.packs().all(kind)) {
                packs.forEachRemaining(pack -> referred.addAll(pack.copies()));
            }
        }
        return referred;
    }

    /** Those that have waited long enough; the others are noted. */
    private List<StoredCopy> ripe(Set<StoredCopy> useless) {
        boolean wait = inCompany();
        List<StoredCopy> ripe = new ArrayList<>();
        for (StoredCopy blob : useless) {
            Waiting.Note known = waiting.find(blob).orElse(new Waiting.Note(counted, Waiting.UNKNOWN, false));
            waiting.add(blob, known);
            if (!wait || counted.minus(known.since()).compareTo(GRACE) >= 0) {
                ripe.add(blob);
            }
        }
        return ripe;
    }

    /** Whether every target that counts carries the newest root, so that none leads to what is to be deleted. */
    private boolean rootsAreCurrent() {
        long newest = catalog.commits().head().orElseThrow().info().sequence();
        Set<TargetId> live = new HashSet<>();
        vault.pool().live().forEach(target -> live.add(target.id()));
        List<String> behind = catalog.targets().all().stream()
                .filter(target -> target.state() == KnownTarget.State.ACTIVE)
                .filter(target -> !live.contains(target.id()) || home.rootSequence(target.id()) < newest)
                .map(target -> target.id().value())
                .toList();
        if (!behind.isEmpty()) {
            options.notices()
                    .accept("nothing was deleted yet: " + String.join(", ", behind)
                            + " cannot be brought up to date now. Run it again when it is back, or give it up with"
                            + " 'dsync targets evacuate'");
        }
        return behind.isEmpty();
    }

    private List<StoredCopy> delete(TargetId id, List<StoredCopy> blobs) {
        StorageBackend target = vault.pool().find(id).orElseThrow();
        List<StoredCopy> gone = new ArrayList<>();
        List<BlobAddress> addresses =
                new ArrayList<>(blobs.stream().map(StoredCopy::address).toList());
        addresses.sort((a, b) -> a.value().compareTo(b.value()));
        for (int from = 0; from < addresses.size(); from += AT_ONCE) {
            List<BlobAddress> some = addresses.subList(from, Math.min(from + AT_ONCE, addresses.size()));
            List<Long> sizes = some.stream()
                    .map(address -> size(new StoredCopy(id, address)))
                    .toList();
            if (options.stop().getAsBoolean() || !vault.pool().attempt(id, () -> target.delete(some))) {
                break;
            }
            for (int i = 0; i < some.size(); i++) {
                StoredCopy blob = new StoredCopy(id, some.get(i));
                bytesFreed += sizes.get(i);
                packsDeleted +=
                        waiting.find(blob).filter(Waiting.Note::dataPack).isPresent() ? 1 : 0;
                gone.add(blob);
            }
        }
        return gone;
    }

    private void count(StoredCopy blob) {
        bytesFreed += size(blob);
        packsDeleted += waiting.find(blob).filter(Waiting.Note::dataPack).isPresent() ? 1 : 0;
    }

    /** Its bytes if this home knows them, or a service that lists tells; elsewhere the question would cost a request. */
    private long size(StoredCopy blob) {
        long noted = waiting.find(blob).map(Waiting.Note::bytes).orElse(Waiting.UNKNOWN);
        long known = noted == Waiting.UNKNOWN ? home.size(blob).orElse(Waiting.UNKNOWN) : noted;
        Optional<StorageBackend> target = vault.pool().find(blob.target());
        if (known != Waiting.UNKNOWN || target.isEmpty() || !(target.get() instanceof BlobLister)) {
            return Math.max(0, known);
        }
        try {
            return target.get().size(blob.address()).orElse(0);
        } catch (StorageException e) {
            // Only the figure is missing.
            return 0;
        }
    }

    /** Takes what is gone off the lists of commits. */
    private void strike(Set<StoredCopy> gone) {
        gone.forEach(home::forget);
        long next = catalog.commits().head().orElseThrow().info().sequence() + 1;
        for (CommitMade made : CommitBlobs.of(catalog)) {
            List<StoredCopy> left =
                    made.blobs().stream().filter(blob -> !gone.contains(blob)).toList();
            if (left.size() < made.blobs().size()) {
                catalog.commits().apply(new CommitMade(made.commit(), left, next));
            }
        }
    }
}
