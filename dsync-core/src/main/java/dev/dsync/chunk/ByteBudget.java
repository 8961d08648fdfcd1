package dev.dsync.chunk;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory, in bytes, that all chunks and packs in flight may take together. Readers wait for their share, first
 * come first served, and leave a headroom; packs, which free memory once they are stored, may use all of it and never
 * wait. It counts only: nobody allocates here. Safe for use by many threads.
 *
 * <p>Closing it ends a pass early: whoever waits, or asks later, gets a {@link CancellationException}. Leases given
 * out before stay good and can be closed as always.
 */
public final class ByteBudget implements AutoCloseable {

    /** What a pass takes unless set otherwise, 96 MiB. */
    public static final int DEFAULT_BYTES = 96 << 20;

    private final long total;
    private final long grantable;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private long used;
    private boolean closed;

    /** One blocked reader; all fields but {@code granted} are fixed. */
    private static final class Waiter {
        private final int bytes;
        private final Condition changed;
        private boolean granted;

        Waiter(int bytes, Condition changed) {
            this.bytes = bytes;
            this.changed = changed;
        }
    }

    /**
     * A budget of {@code totalBytes}, of which readers leave {@code headroomBytes} to packs.
     *
     * @throws IllegalArgumentException if the headroom is negative or leaves nothing to readers
     */
    public ByteBudget(long totalBytes, long headroomBytes) {
        if (headroomBytes < 0 || headroomBytes >= totalBytes) {
            throw new IllegalArgumentException(
                    "a headroom of " + headroomBytes + " bytes does not fit in a budget of " + totalBytes);
        }
        this.total = totalBytes;
        this.grantable = totalBytes - headroomBytes;
    }

    /**
     * Takes {@code bytes}, waiting until they are free beside the headroom and everyone who asked before is served.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative or could never be granted
     * @throws CancellationException if the budget is closed, now or while waiting
     */
    public Lease acquire(int bytes) throws InterruptedException {
        if (bytes < 0 || bytes > grantable) {
            throw new IllegalArgumentException(
                    "asked for " + bytes + " bytes of a memory budget that can grant at most " + grantable);
        }
        lock.lockInterruptibly();
        try {
            requireOpen();
            if (waiters.isEmpty() && used + bytes <= grantable) {
                used += bytes;
            } else {
                await(new Waiter(bytes, lock.newCondition()));
            }
            return new Lease(this, bytes);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes {@code bytes} if they are free now, out of the headroom too and ahead of those who wait.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws CancellationException if the budget is closed
     */
    public Optional<Lease> tryAcquire(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("asked for " + bytes + " bytes");
        }
        lock.lock();
        try {
            requireOpen();
            if (used + bytes > total) {
                return Optional.empty();
            }
            used += bytes;
            return Optional.of(new Lease(this, bytes));
        } finally {
            lock.unlock();
        }
    }

    /** Bytes out on lease at this moment. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    /** How many threads wait for memory at this moment. */
    public int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    /** Turns away everyone who waits and everyone who asks from now on. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiters.forEach(waiter -> waiter.changed.signal());
            waiters.clear();
        } finally {
            lock.unlock();
        }
    }

    void release(int bytes) {
        lock.lock();
        try {
            used -= bytes;
            admit();
        } finally {
            lock.unlock();
        }
    }

    private void await(Waiter self) throws InterruptedException {
        waiters.add(self);
        try {
            while (!self.granted) {
                self.changed.await();
                if (!self.granted) {
                    requireOpen();
                }
            }
        } catch (InterruptedException interrupted) {
            if (self.granted) {
                used -= self.bytes;
            }
            waiters.remove(self);
            // Those behind may fit where this one did not.
            admit();
            throw interrupted;
        }
    }

    /** Serves the queue from its head for as long as the head fits. */
    private void admit() {
        for (Waiter head = waiters.peek(); head != null && used + head.bytes <= grantable; head = waiters.peek()) {
            waiters.remove();
            used += head.bytes;
            head.granted = true;
            head.changed.signal();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new CancellationException("the pass was ended: its memory budget is closed");
        }
    }
}
