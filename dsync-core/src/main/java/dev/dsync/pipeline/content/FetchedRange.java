package dev.dsync.pipeline.content;

import dev.dsync.catalog.Packs;
import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.Packs.PackPlan;
import dev.dsync.catalog.Packs.PlannedChunk;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.DamagedPackException;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One range of a pack, read. A chunk that turns out damaged in it is looked for in each copy of the pack, fetched once
 * more and whole, and then in every other pack that has the chunk, before it counts as damaged. Holds at most the range
 * and one copy of the pack. For one thread.
 */
public final class FetchedRange implements AutoCloseable {

    private final StoredPackReader reader;
    private final Packs packs;
    private final StoredPack pack;
    private final int start;
    private final PackReader opener;
    private final Map<StoredCopy, IOException> unreadable = new HashMap<>();
    private @Nullable ByteBuffer bytes;
    private @Nullable IOException failure;
    private @Nullable StoredCopy copyAtHand;
    private ByteBuffer wholeCopy = ByteBuffer.allocate(0);

    FetchedRange(StoredPackReader reader, Packs packs, StoredPack pack, PackRanges.Range range) {
        this.reader = reader;
        this.packs = packs;
        this.pack = pack;
        this.start = range.start();
        this.opener = reader.opener(pack);
        try {
            bytes = reader.fetch(pack.copies(), range.start(), range.length());
        } catch (IOException e) {
            failure = e;
        }
    }

    /**
     * The plain bytes of a chunk that lies in the range.
     *
     * @throws IOException if no copy and no other pack has it sound; the message names chunk and pack
     */
    public ByteBuffer open(PackEntry entry) throws IOException {
        IOException trouble = new IOException("chunk " + entry.index() + " of pack " + pack.id() + " cannot be read");
        if (bytes != null) {
            try {
                return reader.open(opener, pack.suite(), entry, bytes, start);
            } catch (IOException e) {
                trouble = inPack(entry, e);
            }
        } else if (failure != null) {
            trouble = inPack(entry, failure);
        }
        ByteBuffer found = bytes == null ? null : inAnotherCopy(entry, trouble);
        if (found == null) {
            found = inAnotherPack(entry, trouble);
        }
        if (found == null) {
            throw trouble;
        }
        return found;
    }

    private IOException inPack(PackEntry entry, IOException cause) {
        if (cause instanceof DamagedPackException) {
            // It names both.
            return new IOException(cause.getMessage(), cause);
        }
        return new IOException(
                "chunk " + entry.index() + " of pack " + pack.id() + " cannot be read: " + cause.getMessage(), cause);
    }

    private @Nullable ByteBuffer inAnotherCopy(PackEntry entry, IOException trouble) {
        if (copyAtHand != null) {
            try {
                return reader.open(opener, pack.suite(), entry, wholeCopy, 0);
            } catch (IOException e) {
                trouble.addSuppressed(e);
            }
        }
        for (StoredCopy copy : pack.copies()) {
            if (copy.equals(copyAtHand) || unreadable.containsKey(copy)) {
                continue;
            }
            try {
                wholeCopy = reader.fetchAnew(copy, pack.size());
                copyAtHand = copy;
            } catch (IOException e) {
                unreadable.put(copy, e);
                trouble.addSuppressed(e);
                continue;
            }
            try {
                return reader.open(opener, pack.suite(), entry, wholeCopy, 0);
            } catch (IOException e) {
                trouble.addSuppressed(e);
            }
        }
        return null;
    }

    private @Nullable ByteBuffer inAnotherPack(PackEntry entry, IOException trouble) {
        for (ChunkPlace place : packs.locate(entry.id())) {
            if (place.pack().id().equals(pack.id())) {
                continue;
            }
            for (StoredCopy copy : place.pack().copies()) {
                try {
                    return read(place, copy);
                } catch (IOException e) {
                    trouble.addSuppressed(e);
                }
            }
        }
        return null;
    }

    private ByteBuffer read(ChunkPlace place, StoredCopy copy) throws IOException {
        PackPlan alone = new PackPlan(place.pack(), List.of(new PlannedChunk(place.entry(), 0, 0)));
        PackRanges.Range range = PackRanges.of(alone).get(0);
        try (PackReader other = reader.opener(place.pack())) {
            ByteBuffer read = reader.fetch(List.of(copy), range.start(), range.length());
            return reader.open(other, place.pack().suite(), place.entry(), read, range.start());
        }
    }

    @Override
    public void close() {
        opener.close();
    }
}
