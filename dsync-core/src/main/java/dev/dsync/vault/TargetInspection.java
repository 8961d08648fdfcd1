package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.Place;
import dev.dsync.storage.RateLimit;
import dev.dsync.storage.RateLimited;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Looks at the targets that {@code webhooks.txt} names, whether or not there is a vault. It only stores what it deletes
 * again.
 */
public final class TargetInspection {

    /** A blob this small costs nothing, and tells as much as a large one whether a target works. */
    private static final int TRIAL_BYTES = 4096;

    /**
     * What was found of one line's target.
     *
     * @param line its number in webhooks.txt; 0 for the folder that is used when no line names a target
     * @param repeatedIn the numbers of further lines that name the same target
     * @param id who it is, if it could be opened
     * @param place where it lies
     * @param limits what it takes in one request
     * @param rateLimits how many requests it takes in a time, as known now; none for one without such limits
     * @param trouble what is wrong with it; empty if all went well
     * @param trial how long it took, if it was tried
     */
    public record Found(
            int line,
            List<Integer> repeatedIn,
            Optional<TargetId> id,
            Optional<Place> place,
            Optional<BackendLimits> limits,
            List<RateLimit> rateLimits,
            Optional<StorageException> trouble,
            Optional<Trial> trial) {}

    /**
     * A blob's way there and back.
     *
     * @param put how long it took to store it
     * @param read how long it took to read it back
     * @param delete how long it took to remove it
     */
    public record Trial(Duration put, Duration read, Duration delete) {}

    private final VaultBuilder settings;

    /** An inspection of the targets of the home that a vault would be opened in. */
    public TargetInspection(VaultBuilder settings) {
        this.settings = settings;
    }

    /**
     * Opens each target and asks it nothing more. Makes none.
     *
     * @throws ConfigurationException if a line names no target
     */
    public List<Found> look() throws IOException {
        return inspect(false, target -> Optional.empty());
    }

    /**
     * Stores a small blob on each target, reads it back and deletes it. Targets that were never used are made.
     *
     * @throws ConfigurationException if a line names no target
     */
    public List<Found> test() throws IOException {
        return inspect(true, target -> Optional.of(trial(target)));
    }

    /**
     * Tries out one line as {@link #test} does, whether or not webhooks.txt has it. A target folder that was never used is
     * made.
     *
     * @param line what webhooks.txt would say; its secret appears in no message
     * @throws ConfigurationException if the line names no target
     */
    public Found test(String line) throws IOException {
        TargetLine written = new TargetLine(0, line.strip());
        List<Found> found =
                inspect(open(List.of(written), LineMemory.blank(), true), target -> Optional.of(trial(target)));
        return found.get(0);
    }

    private interface Inspecting {
        Optional<Trial> inspect(StorageBackend target) throws StorageException;
    }

    private List<Found> inspect(boolean mayCreate, Inspecting inspecting) throws IOException {
        return inspect(open(mayCreate), inspecting);
    }

    private List<Found> inspect(OpenTargets targets, Inspecting inspecting) throws IOException {
        List<Found> all = new ArrayList<>();
        targets.unreachable()
                .forEach((line, trouble) -> all.add(new Found(
                        line.number(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.of(trouble),
                        Optional.empty())));
        for (Map.Entry<StorageBackend, TargetLine> entry : targets.open().entrySet()) {
            try (StorageBackend target = entry.getKey()) {
                all.add(found(entry.getValue(), repeated(targets, target.id()), target, inspecting));
            }
        }
        all.sort(Comparator.comparingInt(Found::line));
        return all;
    }

    private static List<Integer> repeated(OpenTargets targets, TargetId id) {
        return targets.repeated().entrySet().stream()
                .filter(line -> line.getValue().equals(id))
                .map(line -> line.getKey().number())
                .toList();
    }

    private Found found(TargetLine line, List<Integer> repeatedIn, StorageBackend target, Inspecting inspecting) {
        Optional<Trial> trial = Optional.empty();
        Optional<StorageException> trouble = Optional.empty();
        try {
            trial = inspecting.inspect(target);
        } catch (StorageException e) {
            trouble = Optional.of(e);
        }
        return new Found(
                line.number(),
                repeatedIn,
                Optional.of(target.id()),
                Optional.of(target.place()),
                Optional.of(target.limits()),
                target instanceof RateLimited limited ? limited.rateLimits() : List.of(),
                trouble,
                trial);
    }

    OpenTargets open(boolean mayCreate) throws IOException {
        List<TargetLine> lines = TargetLine.read(settings.home.targetLines());
        if (lines.isEmpty()) {
            lines = List.of(TargetLine.localStorage(settings.home));
        }
        if (!settings.catalogs().exists(settings.home.state())) {
            return open(lines, LineMemory.blank(), mayCreate);
        }
        try (Catalog catalog = settings.catalogs().openReadOnly(settings.home.state())) {
            return open(lines, new LineMemory(catalog.home()), mayCreate);
        }
    }

    private OpenTargets open(List<TargetLine> lines, LineMemory memory, boolean mayCreate) throws IOException {
        return OpenTargets.open(
                settings.home,
                settings.providers(),
                lines,
                memory,
                mayCreate,
                settings.clock,
                settings.random(),
                settings.stop);
    }

    private Trial trial(StorageBackend target) throws StorageException {
        byte[] bytes = new byte[TRIAL_BYTES];
        settings.random().nextBytes(bytes);
        target.root().read();
        awaitReady(target);
        Instant start = settings.clock.instant();
        BlobAddress address = target.put(List.of(ByteBuffer.wrap(bytes))).get(0);
        Instant stored = settings.clock.instant();
        ByteBuffer read = ByteBuffer.allocate(TRIAL_BYTES);
        target.read(address, 0, read);
        Instant fetched = settings.clock.instant();
        target.delete(List.of(address));
        Instant deleted = settings.clock.instant();
        if (!read.flip().equals(ByteBuffer.wrap(bytes))) {
            throw new TargetUnavailableException(
                    "target " + target.id() + " gives back other bytes than were stored", Duration.ZERO);
        }
        return new Trial(
                Duration.between(start, stored), Duration.between(stored, fetched), Duration.between(fetched, deleted));
    }

    private void awaitReady(StorageBackend target) throws StorageException {
        Lock lock = new ReentrantLock();
        lock.lock();
        try {
            Condition never = lock.newCondition();
            for (Duration wait = target.untilReady(); !wait.isZero(); wait = target.untilReady()) {
                settings.pause.await(never, wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TargetUnavailableException("interrupted while waiting for " + target.id(), Duration.ZERO, e);
        } finally {
            lock.unlock();
        }
    }
}
