package dev.dsync.placement;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The targets of a vault, used together: stores packs in as many copies as asked, on different accounts where there are
 * any, and reads from whichever copy answers. One thread works for each lane while something is stored. Safe for use by
 * many threads.
 */
public final class TargetPool implements Closeable {

    private final Map<TargetId, Target> targets = new LinkedHashMap<>();
    private final UploadQueue queue;
    private final CopyReader reader;
    private final Pause pause;
    private final List<Thread> lanes = new ArrayList<>();
    private final List<StorageBackend> opened;

    /**
     * A pool of the given targets, which it closes with itself.
     *
     * @param random chooses among targets that could equally take a batch
     */
    public TargetPool(
            Collection<? extends StorageBackend> backends,
            PoolSettings settings,
            PoolListener listener,
            InstantSource clock,
            Pause pause,
            RandomGenerator random) {
        this.opened = List.copyOf(backends);
        this.pause = pause;
        backends.forEach(backend -> targets.putIfAbsent(
                backend.id(),
                new Target(
                        backend,
                        settings.leastBlobBytes(),
                        clock,
                        settings.retired().contains(backend.id()) ? Health.RETIRED : Health.READY)));
        RateLimit up = new RateLimit(settings.rates().uploadBytesPerSecond(), clock);
        RateLimit down = new RateLimit(settings.rates().downloadBytesPerSecond(), clock);
        this.queue = new UploadQueue(List.copyOf(targets.values()), listener, up, pause, random);
        queue.leaveOutUseless();
        this.reader = new CopyReader(targets, queue, down, pause, clock);
        Map<String, List<Target>> byLane = new LinkedHashMap<>();
        targets.values()
                .forEach(target -> byLane.computeIfAbsent(target.backend.place().lane(), lane -> new ArrayList<>())
                        .add(target));
        byLane.forEach((lane, members) -> lanes.add(startLane(members)));
    }

    private Thread startLane(List<Target> members) {
        Thread thread = new Thread(
                () -> {
                    try {
                        queue.work(members);
                    } catch (InterruptedException e) {
                        queue.close();
                    } catch (RuntimeException | Error broken) {
                        // Nobody would work for these targets any more, and whoever waits would wait for ever.
                        queue.close(broken);
                    }
                },
                "dsync-store-" + (lanes.size() + 1));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** All targets, in the order given. */
    public List<StorageBackend> targets() {
        return targets.values().stream().map(target -> target.backend).toList();
    }

    /** The targets that take work now. */
    public List<StorageBackend> live() {
        return targets().stream()
                .filter(target -> health(target.id()) == Health.READY)
                .toList();
    }

    /** The target with this id, if it is in the pool. */
    public Optional<StorageBackend> find(TargetId id) {
        return Optional.ofNullable(targets.get(id)).map(target -> target.backend);
    }

    /** Stores nothing on this target any more, if it is in the pool; it can still be read. */
    public void leaveAlone(TargetId id) {
        Target target = targets.get(id);
        if (target != null) {
            queue.retire(target);
        }
    }

    /** How a target of the pool is doing. */
    public Health health(TargetId id) {
        return queue.health(member(id));
    }

    /** Whether any request to a target of the pool went well. */
    public boolean answered(TargetId id) {
        return member(id).hasAnswered();
    }

    private Target member(TargetId id) {
        Target target = targets.get(id);
        if (target == null) {
            throw new IllegalArgumentException("no target " + id + " in this pool");
        }
        return target;
    }

    /** What every live target can take in one request; empty if none is live. */
    public Optional<BackendLimits> commonLimits() {
        return live().stream()
                .map(StorageBackend::limits)
                .reduce((a, b) -> new BackendLimits(
                        Math.min(a.maxBlobBytes(), b.maxBlobBytes()),
                        Math.min(a.maxBlobsPerRequest(), b.maxBlobsPerRequest()),
                        Math.min(a.maxRequestBytes(), b.maxRequestBytes())));
    }

    /**
     * Stores blobs in one request on each of {@code copies} targets, or on as many as there are.
     *
     * @return completes with the copies, at least one; or with the {@link StorageException} that stood in the way of the
     *     last target that was left, with {@link BlobTooLargeException} only if no target takes it that takes anything.
     *     Cancelled if the pool is closed before. The buffers must stay as they are until then.
     */
    public CompletableFuture<List<Placed>> store(List<ByteBuffer> blobs, int copies) {
        return queue.add(blobs, copies, List.of());
    }

    /**
     * As {@link #store}, for blobs that lie on some targets already: these get none of the new copies, and the new ones
     * go to other accounts than theirs where there are any.
     *
     * @return completes with the new copies alone
     */
    public CompletableFuture<List<Placed>> storeElsewhere(
            List<ByteBuffer> blobs, int copies, Collection<TargetId> already) {
        return queue.add(
                blobs,
                copies,
                already.stream().filter(targets::containsKey).map(targets::get).toList());
    }

    /**
     * As {@link #store}, but the blobs may wait a few seconds for others to share their request, until {@link #hurry}.
     */
    public CompletableFuture<List<Placed>> storeInCompany(List<ByteBuffer> blobs, int copies) {
        return queue.addInCompany(blobs, copies);
    }

    /** Stores what waits for company without waiting any longer. */
    public void hurry() {
        queue.hurry();
    }

    /**
     * Fills {@code target} with a blob's bytes from {@code offset} on, from whichever copy answers first.
     *
     * @throws StorageException the failure of the last copy that was left
     */
    public void read(List<StoredCopy> copies, long offset, ByteBuffer target) throws StorageException {
        reader.read(copies, offset, target);
    }

    /** What was read from this copy turned out to be damaged: the next read of it takes no shortcut. */
    public void distrust(StoredCopy copy) {
        Target target = targets.get(copy.target());
        if (target != null) {
            target.backend.distrust(copy.address());
        }
    }

    /**
     * Sends one request to one target when it is ready for it, and again where that is worth it.
     *
     * @return whether it went well; if not, the target's health says more
     */
    public boolean attempt(TargetId id, Request request) {
        Target target = member(id);
        for (int round = 0; round < Target.FAILURES_IN_A_ROW && queue.awaitReady(target); round++) {
            try {
                request.send();
                queue.succeeded(target);
                return true;
            } catch (StorageException failure) {
                queue.failed(target, failure);
                if (!(failure instanceof TargetUnavailableException)) {
                    return false;
                }
            }
        }
        return false;
    }

    /**
     * Asks the target of a copy how many bytes the copy has.
     *
     * @return empty if the target did not answer; else the size, or nothing if there is no such blob
     */
    public Optional<OptionalLong> size(StoredCopy copy) {
        OptionalLong[] size = {OptionalLong.empty()};
        StorageBackend target = member(copy.target()).backend;
        boolean answered = attempt(copy.target(), () -> size[0] = target.size(copy.address()));
        return answered ? Optional.of(size[0]) : Optional.empty();
    }

    /** Takes note of a failure that somebody met who asked the target without this pool. */
    public void failed(TargetId id, StorageException failure) {
        queue.failed(member(id), failure);
    }

    /** Leaves the target alone for the rest of this run because of this failure. */
    public void leaveOut(TargetId id, StorageException failure) {
        queue.leaveOut(member(id), failure);
    }

    /** One request to one target. */
    public interface Request {
        void send() throws StorageException;
    }

    /** Whether nobody waits for targets that fail any more. */
    public boolean isImpatient() {
        return pause.isOver();
    }

    /** Requests sent to all targets so far. */
    public long requests() {
        return targets().stream().mapToLong(StorageBackend::requests).sum();
    }

    /** Ends the lanes, cancels what was not stored, closes the targets. */
    @Override
    public void close() throws IOException {
        queue.close();
        for (Thread lane : lanes) {
            try {
                lane.join();
            } catch (InterruptedException e) {
                lane.interrupt();
                Thread.currentThread().interrupt();
            }
        }
        IOException failure = null;
        for (StorageBackend backend : opened) {
            try {
                backend.close();
            } catch (IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
