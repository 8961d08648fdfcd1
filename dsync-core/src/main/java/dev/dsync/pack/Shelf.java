package dev.dsync.pack;

import dev.dsync.codec.EncodedChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Up to {@value #PLACES} chunks that wait for a pack, oldest first. Waiting lets the packer fill a pack with those that
 * fit best; it costs at most {@value #PLACES} times {@link PackFormat#MAX_CHUNK_BYTES} of memory.
 */
final class Shelf implements AutoCloseable {

    static final int PLACES = 8;

    private final ToIntFunction<EncodedChunk> cost;
    private final List<EncodedChunk> waiting = new ArrayList<>(PLACES);

    /** @param cost how many bytes of a pack a chunk takes up */
    Shelf(ToIntFunction<EncodedChunk> cost) {
        this.cost = cost;
    }

    void put(EncodedChunk chunk) {
        if (isFull()) {
            throw new IllegalStateException("all " + PLACES + " places are taken");
        }
        waiting.add(chunk);
    }

    boolean isFull() {
        return waiting.size() == PLACES;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Takes the oldest chunk. */
    EncodedChunk takeOldest() {
        return waiting.remove(0);
    }

    /**
     * Takes the chunks to put next into a pack with {@code room} bytes left, oldest first. While all fit it is the
     * oldest alone; after that, a choice that leaves at most {@code waste} of the room empty; if none is that good yet,
     * only the first chunk of the best choice, so that the next arrivals can better it. Empty if the pack is full
     * enough as it is or all chunks cost more.
     */
    List<EncodedChunk> takeNext(int room, int waste) {
        if (room <= waste) {
            return List.of();
        }
        int[] costs = waiting.stream().mapToInt(cost).toArray();
        if (IntStream.of(costs).sum() <= room) {
            return List.of(takeOldest());
        }
        int[] sums = sums(costs);
        int choice = choose(sums, room, waste);
        return take(room - sums[choice] <= waste ? choice : Integer.highestOneBit(choice));
    }

    /** What each choice costs. A choice is a bit set, its highest bit the oldest chunk: larger numbers are older. */
    private static int[] sums(int[] costs) {
        int[] sums = new int[1 << costs.length];
        for (int choice = 1; choice < sums.length; choice++) {
            int newest = Integer.numberOfTrailingZeros(choice);
            sums[choice] = sums[choice & choice - 1] + costs[costs.length - 1 - newest];
        }
        return sums;
    }

    /**
     * Of the choices that leave at most {@code waste} of {@code room}, the one that parts fewest neighbours, and of
     * several the oldest. If there is none, the one that leaves least.
     */
    private static int choose(int[] sums, int room, int waste) {
        int best = 0;
        int filling = 0;
        for (int choice = sums.length - 1; choice > 0; choice--) {
            if (sums[choice] > room) {
                continue;
            }
            if (sums[choice] > sums[best]) {
                best = choice;
            }
            if (room - sums[choice] <= waste && (filling == 0 || seams(choice) < seams(filling))) {
                filling = choice;
            }
        }
        return filling != 0 ? filling : best;
    }

    /** How often, going through the shelf, a chunk that is chosen follows one that is not, or the other way round. */
    private static int seams(int choice) {
        return Integer.bitCount(choice ^ choice >>> 1);
    }

    private List<EncodedChunk> take(int choice) {
        List<EncodedChunk> taken = new ArrayList<>();
        for (int bit = waiting.size() - 1; bit >= 0; bit--) {
            if ((choice >>> bit & 1) != 0) {
                taken.add(waiting.get(place(bit)));
            }
        }
        waiting.removeAll(taken);
        return taken;
    }

    private int place(int bit) {
        return waiting.size() - 1 - bit;
    }

    @Override
    public void close() {
        waiting.forEach(EncodedChunk::close);
        waiting.clear();
    }
}
