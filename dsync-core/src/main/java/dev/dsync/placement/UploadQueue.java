package dev.dsync.placement;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be stored. Each lane pulls: when it is its turn, one of its targets takes as much as one request may
 * carry. So batches form by themselves, and a slow or dead target holds nobody up.
 *
 * <p>Nobody outside is ever called with the lock held: neither the listener nor who waits for an upload.
 */
final class UploadQueue {

    /** An upload that is over, and why it failed if it did. */
    private record Ended(Upload upload, @Nullable Throwable failure) {
        void announce() {
            if (failure != null) {
                upload.result.completeExceptionally(failure);
            } else {
                upload.result.complete(upload.done());
            }
        }
    }

    static final Duration NO_WORK = Duration.ofHours(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Upload> waiting = new LinkedHashSet<>();
    private final List<Target> targets;
    private final PoolListener listener;
    private final RateLimit rate;
    private final Pause pause;
    private final Random random;
    private boolean closed;

    /** @param rate of all targets together */
    UploadQueue(List<Target> targets, PoolListener listener, RateLimit rate, Pause pause, RandomGenerator random) {
        this.targets = List.copyOf(targets);
        this.listener = listener;
        this.rate = rate;
        this.pause = pause;
        this.random = new Random(random.nextLong());
    }

    /** Adds blobs that are to be stored as soon as a target can take them. */
    CompletableFuture<List<Placed>> add(List<ByteBuffer> blobs, int copies, List<Target> already) {
        return add(new Upload(blobs, copiesNow(copies, already), already));
    }

    /** Adds blobs that may wait a while until they fill a request together with others. */
    CompletableFuture<List<Placed>> addInCompany(List<ByteBuffer> blobs, int copies) {
        Upload upload = new Upload(blobs, copiesNow(copies, List.of()), List.of());
        targets.stream()
                .findFirst()
                .ifPresent(target -> upload.patientUntil(target.now().plus(Batch.PATIENCE)));
        return add(upload);
    }

    /** Nothing that was added so far waits for company any more. */
    void hurry() {
        change(() -> waiting.forEach(Upload::hurry));
    }

    private int copiesNow(int wanted, List<Target> already) {
        lock.lock();
        try {
            int live = (int) targets.stream()
                    .filter(target -> target.ready() && !already.contains(target))
                    .count();
            return Math.max(1, Math.min(wanted, live));
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<List<Placed>> add(Upload upload) {
        change(() -> waiting.add(upload));
        return upload.result;
    }

    Health health(Target target) {
        lock.lock();
        try {
            return target.health();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the lanes. What no copy of is on its way is cancelled now, the rest when its requests return. */
    void close() {
        change(() -> closed = true);
    }

    /** Ends the lanes and all uploads, because a lane died of {@code cause}. */
    void close(Throwable cause) {
        change(() -> {
            closed = true;
            waiting.forEach(upload -> upload.breakWith(cause));
        });
    }

    /** Works off the queue for the targets of one lane until the queue is closed. */
    void work(List<Target> lane) throws InterruptedException {
        while (isOpen()) {
            Batch batch = next(lane);
            if (batch != null) {
                send(batch);
            } else {
                change(() -> lane.stream().filter(Target::isFailing).forEach(this::giveUp));
            }
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody wants to wait for it any more; nobody needs to be told, for they said so themselves. */
    private void giveUp(Target target) {
        target.leaveOut(Health.UNREACHABLE);
    }

    private boolean isToGiveUp(Target target) {
        return pause.isOver() && target.isFailing();
    }

    /** What the lane sends next; nothing if the queue is closed, or a target of it is to be given up. */
    private @Nullable Batch next(List<Target> lane) throws InterruptedException {
        List<Target> order = new ArrayList<>(lane);
        lock.lockInterruptibly();
        try {
            while (!closed && lane.stream().noneMatch(this::isToGiveUp)) {
                Collections.shuffle(order, random);
                Duration wait = NO_WORK;
                for (Target target : order) {
                    List<Upload> fitting = target.ready() ? fitting(target) : List.of();
                    if (fitting.isEmpty()) {
                        continue;
                    }
                    Batch batch = new Batch(target, fitting);
                    Duration untilReady = batch.untilReady(rate);
                    if (untilReady.isZero()) {
                        rate.take(batch.bytes());
                        fitting.forEach(upload -> upload.start(target));
                        return batch;
                    }
                    wait = untilReady.compareTo(wait) < 0 ? untilReady : wait;
                }
                pause.await(changed, wait);
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The first uploads that this target may take and that fit into one request together. */
    private List<Upload> fitting(Target target) {
        BackendLimits limits = target.backend.limits();
        List<Upload> chosen = new ArrayList<>();
        int blobs = 0;
        long bytes = 0;
        for (Upload upload : waiting) {
            if (!upload.fits(limits) || !mayTake(target, upload)) {
                continue;
            }
            blobs += upload.blobs.size();
            bytes += upload.bytes;
            boolean tooFast = !chosen.isEmpty() && bytes > rate.mostAtOnce();
            if (tooFast || blobs > limits.maxBlobsPerRequest() || bytes > limits.maxRequestBytes()) {
                break;
            }
            chosen.add(upload);
        }
        return chosen;
    }

    /** Copies go to different accounts as long as there are targets that could take them there. */
    private boolean mayTake(Target target, Upload upload) {
        if (!upload.wantsTarget() || upload.uses(target)) {
            return false;
        }
        return !upload.usesAccount(target.account())
                || targets.stream()
                        .noneMatch(other -> couldTake(other, upload) && !upload.usesAccount(other.account()));
    }

    private static boolean couldTake(Target target, Upload upload) {
        return target.ready() && !upload.uses(target) && upload.fits(target.backend.limits());
    }

    private void send(Batch batch) {
        List<ByteBuffer> blobs = new ArrayList<>();
        batch.uploads().forEach(upload -> blobs.addAll(upload.blobs));
        try {
            List<BlobAddress> addresses = batch.target().backend.put(blobs);
            if (addresses.size() != blobs.size()) {
                throw new IllegalStateException("target " + batch.target().id() + " gave " + addresses.size()
                        + " addresses for " + blobs.size() + " blobs");
            }
            change(() -> stored(batch, addresses));
        } catch (StorageException failure) {
            failed(batch.target(), failure, batch.uploads());
        } catch (RuntimeException | Error broken) {
            change(() -> batch.uploads().forEach(upload -> upload.brokenOn(batch.target(), broken)));
        }
    }

    private static void stored(Batch batch, List<BlobAddress> addresses) {
        batch.target().succeeded();
        Iterator<BlobAddress> next = addresses.iterator();
        for (Upload upload : batch.uploads()) {
            List<BlobAddress> own = new ArrayList<>();
            upload.blobs.forEach(blob -> own.add(next.next()));
            upload.stored(new Placed(batch.target().id(), own));
        }
    }

    /** Takes note that a request to the target failed. */
    void failed(Target target, StorageException failure) {
        failed(target, failure, List.of());
    }

    /** Leaves alone whatever takes too little to be of use. */
    void leaveOutUseless() {
        for (Target target : targets) {
            target.uselessness()
                    .filter(why -> leaveOut(target, Health.BLOCKED))
                    .ifPresent(why -> listener.changed(target.id(), Health.BLOCKED, why));
        }
    }

    /** Leaves the target alone for the rest of this run because of this failure. */
    void leaveOut(Target target, StorageException failure) {
        failed(target, failure);
        if (leaveOut(target, Health.UNREACHABLE)) {
            listener.changed(target.id(), Health.UNREACHABLE, failure);
        }
    }

    private boolean leaveOut(Target target, Health health) {
        lock.lock();
        try {
            return target.leaveOut(health);
        } finally {
            lock.unlock();
        }
    }

    /** The catalog hears that a target is retired before anyone hears that an upload failed because of it. */
    private void failed(Target target, StorageException reported, List<Upload> uploads) {
        Optional<TargetBlockedException> useless =
                reported instanceof BlobTooLargeException ? target.uselessness() : Optional.empty();
        StorageException failure = useless.isPresent() ? useless.get() : reported;
        List<Target> news;
        if (useless.isPresent()) {
            news = leaveOut(target, Health.BLOCKED) ? List.of(target) : List.of();
        } else {
            news = note(target, failure, !uploads.isEmpty());
        }
        try {
            news.forEach(changedTarget -> listener.changed(changedTarget.id(), health(changedTarget), failure));
        } catch (RuntimeException unheard) {
            if (uploads.isEmpty()) {
                throw unheard;
            }
            change(() -> uploads.forEach(upload -> upload.breakWith(unheard)));
        } finally {
            change(() -> uploads.forEach(upload -> upload.failedOn(target, failure)));
        }
    }

    /** The targets whose health is another because of the failure. */
    private List<Target> note(Target target, StorageException failure, boolean ofUpload) {
        lock.lock();
        try {
            // A service that blocks one of its targets blocks whoever uses the same account.
            List<Target> concerned = new ArrayList<>(List.of(target));
            if (failure instanceof TargetBlockedException blocked && !blocked.isOfOneOnly()) {
                targets.stream()
                        .filter(other -> other != target && other.account().equals(target.account()))
                        .forEach(concerned::add);
            }
            List<Target> news = new ArrayList<>(concerned);
            news.removeIf(one -> !one.failed(failure));
            boolean refused = failure instanceof BlobTooLargeException || failure instanceof BlobNotFoundException;
            if (ofUpload && refused && target.refused()) {
                news.add(target);
            }
            return news;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the target no more work. */
    void retire(Target target) {
        change(target::retire);
    }

    /** Takes note that a request to the target went well. */
    void succeeded(Target target) {
        lock.lock();
        try {
            target.succeeded();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the target may be sent a request; false if it no longer may. */
    boolean awaitReady(Target target) {
        lock.lock();
        try {
            while (target.ready() && !closed) {
                if (isToGiveUp(target)) {
                    giveUp(target);
                    return false;
                }
                Duration wait = target.untilReady();
                if (wait.isZero()) {
                    return true;
                }
                pause.await(changed, wait);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Changes something, wakes the lanes, and tells of the uploads that are over now. */
    private void change(Runnable step) {
        List<Ended> ended;
        lock.lock();
        try {
            step.run();
            ended = takeEnded();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        ended.forEach(Ended::announce);
    }

    /** Takes out what has all its copies, and what none is on its way of and no target is left for. */
    private List<Ended> takeEnded() {
        List<Ended> ended = new ArrayList<>();
        for (Upload upload : waiting) {
            if (upload.complete()) {
                ended.add(new Ended(upload, null));
            } else if (upload.idle() && !isHopeful(upload)) {
                ended.add(new Ended(upload, failure(upload)));
            }
        }
        ended.forEach(one -> waiting.remove(one.upload()));
        return ended;
    }

    private boolean isHopeful(Upload upload) {
        return !closed && upload.broken() == null && targets.stream().anyMatch(target -> couldTake(target, upload));
    }

    /** What stood in the way of an upload that ends now; nothing, if it has a copy at least. */
    private @Nullable Throwable failure(Upload upload) {
        if (upload.broken() != null) {
            return upload.broken();
        }
        if (closed) {
            return new CancellationException("the targets were closed");
        }
        if (!upload.done().isEmpty()) {
            return null;
        }
        if (targets.stream().anyMatch(Target::ready)) {
            return new BlobTooLargeException("no target takes " + upload);
        }
        StorageException last = upload.lastFailure();
        return last != null
                ? last
                : new TargetUnavailableException(
                        "none of the " + targets.size() + " targets can be reached: 'dsync targets test' says why",
                        Duration.ZERO);
    }
}
