package dev.dsync.pipeline.content;

import static java.util.Objects.requireNonNull;

import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Packs.PackPlan;
import dev.dsync.catalog.Packs.PlannedChunk;
import dev.dsync.catalog.Version;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackEntry;
import dev.dsync.pipeline.DamagedVaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a file's content piece by piece. Of what it fetched it keeps the last two ranges of packs and the last two
 * chunks, about 30 MiB at most: neighbours in a file lie in one pack or, where one pack is full, in two. For one thread.
 */
final class ContentReader implements AutoCloseable {

    private static final int RANGES_KEPT = 2;
    private static final int CHUNKS_KEPT = 2;

    /** How many chunks of one range may be planned together. */
    private static final int MOST_PLANNED = 4096;

    /** The packer's shelf moves chunks this far out of the file's order, at most. */
    private static final int MOST_DISPLACED = 8;

    private record Fetched(FetchedRange range, Map<Integer, PackEntry> chunks) {}

    private record Opened(ChunkId chunk, long start, ByteBuffer plain) {

        boolean holds(long position) {
            return start <= position && position < start + plain.remaining();
        }
    }

    private final Version version;
    private final ChunkStarts starts;
    private final StoredPackReader packs;
    private final Deque<Fetched> fetched = new ArrayDeque<>();
    private final Deque<Opened> opened = new ArrayDeque<>();

    ContentReader(Version version, ChunkStarts starts, StoredPackReader packs) {
        this.version = version;
        this.starts = starts;
        this.packs = packs;
    }

    /**
     * The bytes from {@code position} to the end of the chunk that holds it, verified.
     *
     * @param position in the file
     * @param until up to where the caller expects to read on: what is fetched with this chunk
     */
    ByteBuffer at(long position, long until) throws IOException {
        Optional<Opened> known =
                opened.stream().filter(chunk -> chunk.holds(position)).findFirst();
        Opened chunk = known.isPresent() ? known.get() : open(position, until);
        ByteBuffer rest = chunk.plain().duplicate();
        return rest.position(rest.position() + (int) (position - chunk.start()));
    }

    private Opened open(long position, long until) throws IOException {
        int index = starts.at(position);
        long start = starts.start(index);
        try {
            Opened chunk = new Opened(starts.id(index), start, plain(index, until));
            long wanted = starts.start(index + 1) - start;
            if (chunk.plain().remaining() != wanted) {
                throw new IOException("it has " + chunk.plain().remaining() + " bytes and should have " + wanted);
            }
            opened.addFirst(chunk);
            if (opened.size() > CHUNKS_KEPT) {
                opened.removeLast();
            }
            return chunk;
        } catch (DamagedVaultException e) {
            // It names the path already.
            throw e;
        } catch (IOException e) {
            throw new IOException(
                    version.path() + ": chunk " + index + " of its " + starts.chunks() + ", at byte " + start + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Long runs of zeros are one chunk over and over. */
    private ByteBuffer plain(int index, long until) throws IOException {
        Optional<Opened> same = opened.stream()
                .filter(chunk -> chunk.chunk().equals(starts.id(index)))
                .findFirst();
        if (same.isPresent()) {
            return same.get().plain();
        }
        Optional<Fetched> known = fetched.stream()
                .filter(range -> range.chunks().containsKey(index))
                .findFirst();
        Fetched range = known.isPresent() ? known.get() : fetch(index, starts.start(index), until);
        try {
            return range.range().open(requireNonNull(range.chunks().get(index), "it was fetched for this chunk"));
        } catch (IOException e) {
            // Whoever asks again may find that the target is back.
            forget(range);
            throw e;
        }
    }

    private Fetched fetch(int index, long start, long until) throws DamagedVaultException {
        PackPlan plan = plan(index, start, until);
        PackRanges.Range wanted = PackRanges.of(plan).stream()
                .filter(range -> range.chunks().stream().anyMatch(chunk -> chunk.file() == index))
                .findFirst()
                .orElseThrow();
        while (fetched.size() >= RANGES_KEPT) {
            forget(fetched.getLast());
        }
        Map<Integer, PackEntry> chunks = new HashMap<>();
        wanted.chunks().forEach(chunk -> chunks.put(chunk.file(), chunk.entry()));
        Fetched range = new Fetched(packs.range(plan.pack(), wanted), chunks);
        fetched.addFirst(range);
        return range;
    }

    /** The chunk and those after it that lie in the same pack; the plan's files are this file's chunks. */
    private PackPlan plan(int first, long start, long until) throws DamagedVaultException {
        ChunkPlace place = starts.place(first);
        List<PlannedChunk> chunks = new ArrayList<>(List.of(new PlannedChunk(place.entry(), first, start)));
        long offset = start + place.entry().rawSize();
        int elsewhere = 0;
        for (int next = first + 1; next < starts.chunks() && offset < until; next++) {
            ChunkPlace following = starts.place(next);
            if (following.pack().id().equals(place.pack().id())) {
                chunks.add(new PlannedChunk(following.entry(), next, offset));
            } else if (++elsewhere > MOST_DISPLACED) {
                break;
            }
            if (chunks.size() == MOST_PLANNED) {
                break;
            }
            offset += following.entry().rawSize();
        }
        return new PackPlan(place.pack(), chunks);
    }

    private void forget(Fetched range) {
        fetched.remove(range);
        range.range().close();
    }

    @Override
    public void close() {
        List.copyOf(fetched).forEach(this::forget);
        opened.clear();
    }
}
