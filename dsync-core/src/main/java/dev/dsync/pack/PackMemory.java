package dev.dsync.pack;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Lease;
import java.util.ArrayList;
import java.util.List;

/**
 * A pack's share of the memory budget, which grows with its chunks: a chunk's bytes are counted here just before the
 * chunk's own lease ends, so they are passed on rather than asked for, and a pack never waits. All packs together hold
 * what chunks held before, plus some 2 % for seals and padding; a headroom of {@link PackFormat#MAX_CHUNK_BYTES} and
 * that much is enough. What does not fit even so goes uncounted, as does
 * the part of an open pack's array that is still empty.
 */
final class PackMemory implements AutoCloseable {

    private static final ByteBudget NOT_GROWING = new ByteBudget(1, 0);

    private final ByteBudget budget;
    private final List<Lease> leases = new ArrayList<>();

    PackMemory(ByteBudget budget) {
        this.budget = budget;
    }

    /** The share that was leased already. */
    static PackMemory of(Lease lease) {
        PackMemory memory = new PackMemory(NOT_GROWING);
        memory.leases.add(lease);
        return memory;
    }

    void grow(int bytes) {
        budget.tryAcquire(bytes).ifPresent(leases::add);
    }

    /** Gives everything back; does nothing the second time. */
    @Override
    public void close() {
        leases.forEach(Lease::close);
        leases.clear();
    }
}
