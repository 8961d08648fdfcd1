package dev.dsync.pipeline.tidy;

import dev.dsync.catalog.CatalogRecord.CommitMade;
import dev.dsync.catalog.Root;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.pipeline.PruneOptions;
import dev.dsync.pipeline.commit.CommitBlobs;
import dev.dsync.pipeline.commit.RootBook;
import dev.dsync.pipeline.parts.CountedTime;
import dev.dsync.pipeline.parts.HomeFacts;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobLister;
import dev.dsync.storage.BlobLister.ListedBlob;
import dev.dsync.storage.StorageBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Blobs on targets that can list which nobody knows of: uploads whose reply was lost, and what a crash left. Young ones
 * stay, for they may belong to a pass of another home that is under way. If another home is known to write, what is old by
 * the times of blobs goes only if a prune found it a day before as well: those times are some clock's word.
 */
final class Orphans {

    /** No pass of one home alone leaves a blob unrecorded for longer. */
    private static final Duration ALONE = Duration.ofDays(1);

    private final VaultParts vault;
    private final PruneOptions options;
    private final Instant now;
    private final Duration safeAge;
    private final boolean inCompany;
    private final Waiting waiting;
    private final Set<StoredCopy> found = new HashSet<>();
    private final Duration counted;
    private long count;
    private long bytes;

    /** @param inCompany whether another home may be at work on the vault */
    Orphans(VaultParts vault, PruneOptions options, Instant now, boolean inCompany) {
        this.vault = vault;
        this.options = options;
        this.now = now;
        this.inCompany = inCompany;
        this.waiting = Waiting.orphans(new HomeFacts(vault.catalog().home()));
        this.counted = new CountedTime(vault).now();
        this.safeAge = inCompany ? Garbage.COMPANY : ALONE;
    }

    /** How many were found. */
    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** Finds them on every target that lists, and deletes them unless this is a dry run. */
    void free() throws IOException {
        Set<StoredCopy> known = Garbage.referred(vault.catalog());
        for (CommitMade made : CommitBlobs.of(vault.catalog())) {
            known.addAll(made.blobs());
        }
        for (StorageBackend target : vault.pool().live()) {
            if (target instanceof BlobLister lister && !options.stop().getAsBoolean()) {
                Set<BlobAddress> here = new HashSet<>();
                known.stream()
                        .filter(copy -> copy.target().equals(target.id()))
                        .forEach(copy -> here.add(copy.address()));
                here.addAll(namedByRoot(target));
                free(target, lister, here);
            }
        }
        if (!options.dryRun()) {
            waiting.keep(found);
            vault.catalog().flush();
        }
    }

    /** What the target's own root leads to. A home that was rebuilt from another's root may not know all of it. */
    private Set<BlobAddress> namedByRoot(StorageBackend target) throws IOException {
        Set<BlobAddress> named = new HashSet<>();
        Optional<Root> root = new RootBook(vault).read(target);
        root.stream()
                .flatMap(found -> found.copies().stream())
                .filter(copy -> copy.target().equals(target.id()))
                .forEach(copy -> {
                    named.add(copy.commit());
                    named.addAll(copy.beside());
                });
        return named;
    }

    private void free(StorageBackend target, BlobLister lister, Set<BlobAddress> known) throws IOException {
        List<ListedBlob> unknown = new ArrayList<>();
        // By the target's own clock: ours may be wrong, and then everything would look old.
        Instant newest = Instant.MIN;
        try (BlobLister.Listing listing = lister.list()) {
            while (listing.hasNext()) {
                ListedBlob blob = listing.next();
                newest = blob.stored().isAfter(newest) ? blob.stored() : newest;
                if (!known.contains(blob.address())) {
                    unknown.add(blob);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (unknown.isEmpty()) {
            return;
        }
        Instant limit = (newest.isBefore(now) ? newest : now).minus(safeAge);
        List<ListedBlob> old = unknown.stream()
                .filter(blob -> blob.stored().isBefore(limit))
                .filter(blob -> !inCompany || wasFoundBefore(new StoredCopy(target.id(), blob.address()), blob.bytes()))
                .toList();
        if (old.isEmpty()) {
            return;
        }
        List<BlobAddress> addresses = old.stream().map(ListedBlob::address).toList();
        if (options.dryRun() || vault.pool().attempt(target.id(), () -> target.delete(addresses))) {
            count += old.size();
            bytes += old.stream().mapToLong(ListedBlob::bytes).sum();
        }
    }

    /** Whether a prune of a day ago found it too; if not, the next will know that this one did. */
    private boolean wasFoundBefore(StoredCopy blob, long size) {
        Waiting.Note note = waiting.find(blob).orElse(new Waiting.Note(counted, size, false));
        waiting.add(blob, note);
        found.add(blob);
        return counted.minus(note.since()).compareTo(Garbage.GRACE) >= 0;
    }
}
