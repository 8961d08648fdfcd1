package dev.dsync.pipeline.content;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Packs;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pipeline.DamagedVaultException;
import java.util.Arrays;
import java.util.List;

/**
 * Where in a file each of its chunks starts. The catalog knows only how long each chunk is, so this is found out by
 * adding up, as far as it is needed and from whichever end is nearer. Takes 8 bytes of memory a chunk. Safe for use by
 * many threads.
 */
final class ChunkStarts {

    private final Version version;
    private final ChunkList chunks;
    private final Packs packs;
    private final long[] starts;

    /** The starts of chunks 0 to this one are known. */
    private int front;

    /** The starts of this chunk and those after it are known; after the last comes the end of the file. */
    private int back;

    ChunkStarts(Version version, ChunkList chunks, Packs packs) throws DamagedVaultException {
        this.version = version;
        this.chunks = chunks;
        this.packs = packs;
        this.starts = new long[chunks.size() + 1];
        this.back = chunks.size();
        starts[back] = version.size();
        if (chunks.isEmpty() != (version.size() == 0)) {
            throw unequal(0);
        }
    }

    /** The chunk that holds the byte at {@code offset}, which lies in the file. */
    synchronized int at(long offset) throws DamagedVaultException {
        while (starts[front] <= offset && offset < starts[back]) {
            if (back - front == 1) {
                return front;
            }
            if (offset - starts[front] < starts[back] - offset) {
                stepForward();
            } else {
                stepBackward();
            }
        }
        boolean early = offset < starts[front];
        int found = early
                ? Arrays.binarySearch(starts, 0, front + 1, offset)
                : Arrays.binarySearch(starts, back, starts.length, offset);
        return found >= 0 ? found : -found - 2;
    }

    /** Where a chunk that {@link #at} named starts, or the one after it; after the last comes the end of the file. */
    synchronized long start(int chunk) {
        return starts[chunk];
    }

    private void stepForward() throws DamagedVaultException {
        long end = starts[front] + length(front);
        if (end >= starts[back]) {
            throw unequal(end + version.size() - starts[back]);
        }
        starts[++front] = end;
    }

    private void stepBackward() throws DamagedVaultException {
        long start = starts[back] - length(back - 1);
        if (start <= starts[front]) {
            throw unequal(starts[front] + version.size() - start);
        }
        starts[--back] = start;
    }

    private DamagedVaultException unequal(long found) {
        return new DamagedVaultException(
                version.path() + ": the chunks recorded for it have " + found + " bytes or more, its size is "
                        + version.size(),
                null);
    }

    private int length(int chunk) throws DamagedVaultException {
        return place(chunk).entry().rawSize();
    }

    /** The first choice of the packs that have a chunk. */
    ChunkPlace place(int chunk) throws DamagedVaultException {
        List<ChunkPlace> places = packs.locate(chunks.get(chunk));
        if (places.isEmpty()) {
            throw new DamagedVaultException(
                    version.path() + ": chunk " + chunk + " of its " + chunks.size() + " lies in no recorded pack",
                    null);
        }
        return places.get(0);
    }

    /** The chunk's name. */
    ChunkId id(int chunk) {
        return chunks.get(chunk);
    }

    /** How many chunks there are. */
    int chunks() {
        return chunks.size();
    }
}
