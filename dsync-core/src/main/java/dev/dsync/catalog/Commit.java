package dev.dsync.catalog;

import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One state of the whole vault: which segments make up the catalog and where the packs lie that hold them. The plain
 * content of the sealed blob that a {@link Root} points to.
 *
 * @param sequence one more than the highest of its parents'
 * @param writer the home that made it
 * @param time when, by that home's clock
 * @param parents the commits it follows: none for the first, two for one that joins a fork
 * @param segments the live segments, oldest first; their ranges join without gap from 0 to this commit's sequence
 * @param packs the catalog packs that hold them
 */
public record Commit(
        long sequence,
        WriterId writer,
        Instant time,
        List<Sha256> parents,
        List<Segment> segments,
        List<CatalogPack> packs) {

    private static final int MAX_PARENTS = 2;

    /**
     * A sorted run of records: all with {@code from < sequence <= to}.
     *
     * @param bytes encoded size of its blocks, what the merging of segments goes by
     */
    public record Segment(long from, long to, long bytes, List<Block> blocks) {

        public Segment {
            blocks = List.copyOf(blocks);
            if (from < 0 || to <= from || bytes < 0) {
                throw new IllegalArgumentException("segment of " + bytes + " bytes from " + from + " to " + to);
            }
        }
    }

    /** Where a block of a segment lies: which of the commit's packs, which entry in it. */
    public record Block(PackId pack, int entry) {

        public Block {
            if (entry < 0 || entry >= PackFormat.MAX_CHUNKS) {
                throw new IllegalArgumentException("block at entry " + entry + " of pack " + pack);
            }
        }
    }

    /**
     * A catalog pack.
     *
     * @param copies where it lies; empty if it was stored beside the commit: then the root says where, in the order in
     *     which such packs are listed
     */
    public record CatalogPack(PackId id, int size, List<StoredCopy> copies) {

        public CatalogPack {
            copies = List.copyOf(copies);
            if (size < 1 || size > PackFormat.MAX_PACK_SIZE) {
                throw new IllegalArgumentException("catalog pack " + id + " of " + size + " bytes");
            }
        }

        /** Whether it was stored in one request with the commit. */
        public boolean besideCommit() {
            return copies.isEmpty();
        }
    }

    public Commit {
        parents = List.copyOf(parents);
        segments = List.copyOf(segments);
        packs = List.copyOf(packs);
        if (parents.size() > MAX_PARENTS) {
            throw new IllegalArgumentException("commit " + sequence + " has " + parents.size() + " parents");
        }
        CommitInfo.requireSequence(sequence);
        requireRanges(sequence, segments);
        requirePacks(segments, packs);
    }

    private static void requireRanges(long sequence, List<Segment> segments) {
        long end = 0;
        for (Segment segment : segments) {
            if (segment.from() != end) {
                throw new IllegalArgumentException("segments leave a gap between " + end + " and " + segment.from());
            }
            end = segment.to();
        }
        if (end != sequence) {
            throw new IllegalArgumentException("segments end at " + end + " in commit " + sequence);
        }
    }

    private static void requirePacks(List<Segment> segments, List<CatalogPack> packs) {
        Set<PackId> listed = new HashSet<>();
        for (CatalogPack pack : packs) {
            if (!listed.add(pack.id())) {
                throw new IllegalArgumentException("catalog pack " + pack.id() + " is listed twice");
            }
        }
        for (Segment segment : segments) {
            for (Block block : segment.blocks()) {
                if (!listed.contains(block.pack())) {
                    throw new IllegalArgumentException(
                            "a block lies in pack " + block.pack() + ", which is not listed");
                }
            }
        }
    }

    /** The packs stored in one request with the commit, in the order in which a root gives their addresses. */
    public List<CatalogPack> packsBeside() {
        return packs.stream().filter(CatalogPack::besideCommit).toList();
    }
}
