package dev.dsync.placement;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Blobs that are to lie together in some copies, and how far that is. Guarded by the pool's lock. */
final class Upload {

    final List<ByteBuffer> blobs;
    final long bytes;
    final int copies;
    final CompletableFuture<List<Placed>> result = new CompletableFuture<>();
    final int largest;
    private final List<Placed> done = new ArrayList<>();
    /** Where copies lay before. */
    private final Map<TargetId, Target.Account> already = new HashMap<>();

    /** Where a copy lies or is on its way. */
    private final Map<TargetId, Target.Account> used = new HashMap<>();

    private final Set<TargetId> underWay = new HashSet<>();

    private @Nullable Instant patientUntil;
    private @Nullable StorageException lastFailure;
    private @Nullable Throwable broken;

    /** @param already targets that have these blobs and get none of the copies */
    Upload(List<ByteBuffer> blobs, int copies, List<Target> already) {
        already.forEach(target -> this.already.put(target.id(), target.account()));
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
        return used.size() < copies && broken == null;
    }

    /** Whether one request of a target with these limits takes it. */
    boolean fits(BackendLimits limits) {
        return largest <= limits.maxBlobBytes()
                && blobs.size() <= limits.maxBlobsPerRequest()
                && bytes <= limits.maxRequestBytes();
    }

    boolean uses(Target target) {
        return used.containsKey(target.id()) || already.containsKey(target.id());
    }

    boolean usesAccount(Target.Account account) {
        return used.containsValue(account) || already.containsValue(account);
    }

    void start(Target target) {
        used.put(target.id(), target.account());
        underWay.add(target.id());
    }

    void stored(Placed copy) {
        underWay.remove(copy.target());
        done.add(copy);
    }

    void failedOn(Target target, StorageException failure) {
        underWay.remove(target.id());
        used.remove(target.id());
        lastFailure = failure;
    }

    /** Something happened that is nobody's fault but a program's; it ends once no copy is on its way. */
    void brokenOn(Target target, Throwable cause) {
        underWay.remove(target.id());
        breakWith(cause);
    }

    void breakWith(Throwable cause) {
        broken = broken == null ? cause : broken;
    }

    boolean complete() {
        return done.size() == copies;
    }

    /** Whether no copy is on its way now. */
    boolean idle() {
        return underWay.isEmpty();
    }

    List<Placed> done() {
        return List.copyOf(done);
    }

    @Nullable
    StorageException lastFailure() {
        return lastFailure;
    }

    @Nullable
    Throwable broken() {
        return broken;
    }

    @Override
    public String toString() {
        return blobs.size() == 1
                ? "a blob of " + bytes + " bytes"
                : blobs.size() + " blobs of " + bytes + " bytes together, the largest of " + largest;
    }
}
