package dev.dsync.chunk;

/**
 * A number of bytes taken from a {@link ByteBudget}, given back by {@link #close}. Whoever holds the memory holds its
 * lease; handing the memory on hands the lease on. Safe for use by many threads.
 */
public final class Lease implements AutoCloseable {

    private static final ByteBudget UNCOUNTED = new ByteBudget(1, 0);

    private final ByteBudget budget;
    private int bytes;

    Lease(ByteBudget budget, int bytes) {
        this.budget = budget;
        this.bytes = bytes;
    }

    /** A lease of nothing: for memory that is counted elsewhere or is too small to count. */
    public static Lease none() {
        return new Lease(UNCOUNTED, 0);
    }

    /** Bytes still held; 0 once closed. */
    public synchronized int bytes() {
        return bytes;
    }

    /**
     * Gives back all but {@code remaining} bytes, for memory that turned out smaller than feared. Does nothing once
     * closed.
     *
     * @throws IllegalArgumentException if {@code remaining} is negative or more than is held by an open lease
     */
    public void shrinkTo(int remaining) {
        budget.release(reduceTo(remaining));
    }

    /** Gives everything back; does nothing the second time. */
    @Override
    public void close() {
        budget.release(reduceTo(0));
    }

    /** Returns by how many bytes this shrank. */
    private synchronized int reduceTo(int remaining) {
        if (bytes == 0) {
            return 0;
        }
        if (remaining < 0 || remaining > bytes) {
            throw new IllegalArgumentException("cannot shrink a lease of " + bytes + " bytes to " + remaining);
        }
        int freed = bytes - remaining;
        bytes = remaining;
        return freed;
    }
}
