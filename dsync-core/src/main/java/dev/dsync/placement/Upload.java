package dev.dsync.placement;

import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Blobs that are to lie together in some copies, and how far that is. Guarded by the pool's lock. */
final class Upload {

    final List<ByteBuffer> blobs;
    final long bytes;
    final int largest;
    final int copies;
    final CompletableFuture<List<Placed>> result = new CompletableFuture<>();
    private final List<Placed> done = new ArrayList<>();
    private final Set<TargetId> targets = new HashSet<>();
    private final Set<String> accounts = new HashSet<>();
    private @Nullable Instant patientUntil;
    private @Nullable StorageException lastFailure;

    Upload(List<ByteBuffer> blobs, int copies) {
        this.blobs = List.copyOf(blobs);
        this.copies = copies;
        this.bytes = blobs.stream().mapToLong(ByteBuffer::remaining).sum();
        this.largest = blobs.stream().mapToInt(ByteBuffer::remaining).max().orElseThrow();
    }

    /** It may wait for company until then. */
    void patientUntil(Instant latest) {
        patientUntil = latest;
    }

    /** It is to go as soon as a target can take it. */
    void hurry() {
        patientUntil = null;
    }

    /** How long it may still wait for others to share its request. */
    Duration patience(Instant now) {
        return patientUntil == null || !now.isBefore(patientUntil)
                ? Duration.ZERO
                : Duration.between(now, patientUntil);
    }

    /** Whether one more target may start on a copy. */
    boolean wantsTarget() {
        return targets.size() < copies;
    }

    boolean uses(TargetId target) {
        return targets.contains(target);
    }

    boolean usesAccount(String account) {
        return accounts.contains(account);
    }

    void start(Target target) {
        targets.add(target.id());
        accounts.add(target.backend.place().account());
    }

    void stored(Placed copy) {
        done.add(copy);
    }

    void failedOn(Target target, StorageException failure) {
        targets.remove(target.id());
        accounts.remove(target.backend.place().account());
        lastFailure = failure;
    }

    boolean complete() {
        return done.size() == copies;
    }

    /** Whether no copy is on its way now. */
    boolean idle() {
        return targets.size() == done.size();
    }

    List<Placed> done() {
        return List.copyOf(done);
    }

    @Nullable
    StorageException lastFailure() {
        return lastFailure;
    }
}
