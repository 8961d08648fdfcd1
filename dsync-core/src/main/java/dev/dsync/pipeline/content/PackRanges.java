package dev.dsync.pipeline.content;

import dev.dsync.catalog.Packs.PackPlan;
import dev.dsync.catalog.Packs.PlannedChunk;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Which bytes of a pack to read for some of its chunks: the whole pack where much of it is needed, else ranges. Ranges
 * start and end at multiples of 256 KiB, so that whoever sees the requests cannot tell where chunks begin.
 */
public final class PackRanges {

    /** One range and the chunks that lie in it. */
    public record Range(int start, int length, List<PlannedChunk> chunks) {

        public Range {
            chunks = List.copyOf(chunks);
        }
    }

    private static final int ALIGNMENT = 256 << 10;

    /** Two ranges closer than this cost less as one: a request costs more than the bytes between. */
    private static final int CLOSE = 1 << 20;

    private PackRanges() {}

    public static List<Range> of(PackPlan plan) {
        StoredPack pack = plan.pack();
        List<PlannedChunk> sorted = new ArrayList<>(plan.chunks());
        sorted.sort(Comparator.comparingInt(chunk -> chunk.entry().offset()));
        List<Range> ranges = new ArrayList<>();
        List<PlannedChunk> chunks = new ArrayList<>();
        int start = 0;
        int end = 0;
        for (PlannedChunk chunk : sorted) {
            int from = chunk.entry().offset() / ALIGNMENT * ALIGNMENT;
            int to = alignedEnd(chunk.entry(), pack);
            if (!chunks.isEmpty() && from - end > CLOSE) {
                ranges.add(new Range(start, end - start, chunks));
                chunks = new ArrayList<>();
            }
            start = chunks.isEmpty() ? from : start;
            end = chunks.isEmpty() ? to : Math.max(end, to);
            chunks.add(chunk);
        }
        ranges.add(new Range(start, end - start, chunks));
        long needed = ranges.stream().mapToLong(Range::length).sum();
        return needed * 2 > pack.size() ? List.of(new Range(0, pack.size(), sorted)) : ranges;
    }

    private static int alignedEnd(PackEntry entry, StoredPack pack) {
        int end = entry.offset() + entry.sealedLength(pack.suite());
        long aligned = ((long) end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return (int) Math.min(pack.size(), aligned);
    }
}
