package dev.dsync.placement;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be stored. Each lane pulls: when it is its turn, one of its targets takes as much as one request may
 * carry. So batches form by themselves, and a slow or dead target holds nobody up.
 */
final class UploadQueue {

    /** What one target takes in one request. */
    record Batch(Target target, List<Upload> uploads) {}

    private static final Duration NO_WORK = Duration.ofHours(1);

    /** How long a blob waits for others to share its request: longer than a pack takes to fill on a slow machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Upload> waiting = new LinkedHashSet<>();
    private final List<Target> targets;
    private final PoolListener listener;
    private final Pause pause;
    private final Random random;
    private boolean closed;

    UploadQueue(List<Target> targets, PoolListener listener, Pause pause, RandomGenerator random) {
        this.targets = List.copyOf(targets);
        this.listener = listener;
        this.pause = pause;
        this.random = new Random(random.nextLong());
    }

    /** Adds blobs that are to be stored as soon as a target can take them. */
    CompletableFuture<List<Placed>> add(List<ByteBuffer> blobs, int copies) {
        return add(new Upload(blobs, copiesNow(copies)));
    }

    /** Adds blobs that may wait a while until they fill a request together with others. */
    CompletableFuture<List<Placed>> addInCompany(List<ByteBuffer> blobs, int copies) {
        Upload upload = new Upload(blobs, copiesNow(copies));
        targets.stream()
                .findFirst()
                .ifPresent(target -> upload.patientUntil(target.now().plus(PATIENCE)));
        return add(upload);
    }

    /** Nothing that was added so far waits for company any more. */
    void hurry() {
        lock.lock();
        try {
            waiting.forEach(Upload::hurry);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int copiesNow(int wanted) {
        lock.lock();
        try {
            int live = (int) targets.stream().filter(Target::ready).count();
            return Math.max(1, Math.min(wanted, live));
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<List<Placed>> add(Upload upload) {
        lock.lock();
        try {
            waiting.add(upload);
            settleHopeless();
            changed.signalAll();
            return upload.result;
        } finally {
            lock.unlock();
        }
    }

    Health health(Target target) {
        lock.lock();
        try {
            return target.health();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(upload -> upload.result.cancel(false));
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Works off the queue for the targets of one lane until the queue is closed. */
    void work(List<Target> lane) throws InterruptedException {
        for (Batch batch = next(lane); batch != null; batch = next(lane)) {
            send(batch);
        }
    }

    private @Nullable Batch next(List<Target> lane) throws InterruptedException {
        List<Target> order = new ArrayList<>(lane);
        lock.lockInterruptibly();
        try {
            while (!closed) {
                Collections.shuffle(order, random);
                Duration wait = NO_WORK;
                for (Target target : order) {
                    List<Upload> fitting = target.ready() ? fitting(target) : List.of();
                    if (fitting.isEmpty()) {
                        continue;
                    }
                    Duration asked = target.untilReady();
                    Duration patience = patience(target, fitting);
                    Duration untilReady = asked.compareTo(patience) > 0 ? asked : patience;
                    if (untilReady.isZero()) {
                        fitting.forEach(upload -> upload.start(target));
                        return new Batch(target, fitting);
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
            if (blobs + upload.blobs.size() > limits.maxBlobsPerRequest()
                    || bytes + upload.bytes > limits.maxRequestBytes()) {
                if (!chosen.isEmpty()) {
                    break;
                }
            } else if (upload.largest <= limits.maxBlobBytes() && mayTake(target, upload)) {
                chosen.add(upload);
                blobs += upload.blobs.size();
                bytes += upload.bytes;
            }
        }
        return chosen;
    }

    /** How long the uploads may wait for one more to fill their request; zero if it is full. */
    private static Duration patience(Target target, List<Upload> uploads) {
        BackendLimits limits = target.backend.limits();
        int blobs = 1;
        long bytes = 0;
        int largest = 0;
        Duration least = PATIENCE;
        for (Upload upload : uploads) {
            blobs += upload.blobs.size();
            bytes += upload.bytes;
            largest = Math.max(largest, upload.largest);
            Duration own = upload.patience(target.now());
            least = own.compareTo(least) < 0 ? own : least;
        }
        boolean full = blobs > limits.maxBlobsPerRequest() || bytes + largest > limits.maxRequestBytes();
        return full ? Duration.ZERO : least;
    }

    /** Copies go to different accounts as long as there are such targets. */
    private boolean mayTake(Target target, Upload upload) {
        if (!upload.wantsTarget() || upload.uses(target.id())) {
            return false;
        }
        return !upload.usesAccount(target.backend.place().account())
                || targets.stream()
                        .filter(other -> other.ready() && !upload.uses(other.id()))
                        .allMatch(other ->
                                upload.usesAccount(other.backend.place().account()));
    }

    private void send(Batch batch) {
        List<ByteBuffer> blobs = new ArrayList<>();
        batch.uploads().forEach(upload -> blobs.addAll(upload.blobs));
        try {
            List<BlobAddress> addresses = batch.target().backend.put(blobs);
            stored(batch, addresses);
        } catch (StorageException failure) {
            failed(batch, failure);
        } catch (RuntimeException | Error broken) {
            batch.uploads().forEach(upload -> upload.result.completeExceptionally(broken));
            forget(batch);
        }
    }

    private void stored(Batch batch, List<BlobAddress> addresses) {
        List<Upload> complete = new ArrayList<>();
        lock.lock();
        try {
            batch.target().succeeded();
            Iterator<BlobAddress> next = addresses.iterator();
            for (Upload upload : batch.uploads()) {
                List<BlobAddress> own = new ArrayList<>();
                upload.blobs.forEach(blob -> own.add(next.next()));
                upload.stored(new Placed(batch.target().id(), own));
                if (upload.complete()) {
                    waiting.remove(upload);
                    complete.add(upload);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        complete.forEach(upload -> upload.result.complete(upload.done()));
    }

    private void failed(Batch batch, StorageException failure) {
        lock.lock();
        try {
            batch.uploads().forEach(upload -> upload.failedOn(batch.target(), failure));
        } finally {
            lock.unlock();
        }
        failed(batch.target(), failure);
    }

    /** Takes note that a request to the target failed. */
    void failed(Target target, StorageException failure) {
        boolean news;
        lock.lock();
        try {
            news = target.failed(failure);
            if (failure instanceof TargetBlockedException) {
                blockService(target, failure);
            }
        } finally {
            lock.unlock();
        }
        // The catalog hears that a target is retired before anyone hears that an upload failed.
        if (news) {
            listener.changed(target.id(), health(target), failure);
        }
        lock.lock();
        try {
            settleHopeless();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
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
            for (Duration wait = target.untilReady(); target.ready() && !closed; wait = target.untilReady()) {
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

    /** A service that blocks one of its targets blocks whoever uses the same account. */
    private void blockService(Target blocked, StorageException failure) {
        targets.stream()
                .filter(other -> other.backend
                        .place()
                        .service()
                        .equals(blocked.backend.place().service()))
                .filter(other -> other.backend
                        .place()
                        .account()
                        .equals(blocked.backend.place().account()))
                .forEach(other -> other.failed(failure));
    }

    /** Ends what no target is left for: with the copies it has, or with the failure that stands in the way. */
    private void settleHopeless() {
        for (Upload upload : List.copyOf(waiting)) {
            boolean hope = targets.stream()
                    .anyMatch(target -> target.ready()
                            && !upload.uses(target.id())
                            && upload.largest <= target.backend.limits().maxBlobBytes());
            if (hope || !upload.idle()) {
                continue;
            }
            waiting.remove(upload);
            if (!upload.done().isEmpty()) {
                upload.result.complete(upload.done());
            } else {
                upload.result.completeExceptionally(hopeless(upload));
            }
        }
    }

    private StorageException hopeless(Upload upload) {
        if (targets.stream().anyMatch(Target::ready)) {
            return new BlobTooLargeException("no target takes a blob of " + upload.largest + " bytes");
        }
        StorageException last = upload.lastFailure();
        return last != null
                ? last
                : new TargetUnavailableException(
                        "none of the " + targets.size() + " targets can be reached", Duration.ZERO);
    }

    private void forget(Batch batch) {
        lock.lock();
        try {
            waiting.removeAll(Set.copyOf(batch.uploads()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
