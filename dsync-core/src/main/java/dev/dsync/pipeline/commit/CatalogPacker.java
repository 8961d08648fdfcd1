package dev.dsync.pipeline.commit;

import dev.dsync.catalog.CatalogRecord;
import dev.dsync.catalog.Commit;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.SegmentWriter;
import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.pack.PackAssembler;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackKind;
import dev.dsync.pack.SealedPack;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.CommitSettings;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts what a commit is to carry into catalog packs: one new segment, which takes in older ones as long as those are not
 * much larger. So the number of segments grows with the logarithm of the catalog, and a small change writes little.
 */
final class CatalogPacker {

    /**
     * An older segment is taken in while it has at most this many times the bytes of what is to be written. Each record
     * is then written again about log2(catalog) times over the vault's life.
     */
    private static final int MERGE_RATIO = 2;

    /** Takes each pack as it becomes full, so that a large catalog is never in memory as a whole. */
    interface FullPacks {
        void take(SealedPack pack) throws IOException, InterruptedException;
    }

    /**
     * What was packed.
     *
     * @param segments all live segments of the new commit, oldest first
     * @param last the packs that were not handed on: one, or two when the last chunks did not fit
     */
    record Packed(List<Commit.Segment> segments, List<SealedPack> last) {}

    private final VaultParts vault;
    private final CommitSettings settings;
    private final ByteBudget budget;
    private final Map<ChunkId, Commit.Block> places = new HashMap<>();

    CatalogPacker(VaultParts vault, CommitSettings settings, ByteBudget budget) {
        this.vault = vault;
        this.settings = settings;
        this.budget = budget;
    }

    /** Packs all records that are not in the segments {@code kept}, oldest first, up to {@code sequence}. */
    Packed pack(List<Commit.Segment> kept, long sequence, FullPacks full) throws IOException, InterruptedException {
        List<Commit.Segment> segments = new ArrayList<>(kept);
        long from = segments.isEmpty() ? 0 : last(segments).to();
        long size = encodedSize(from, sequence);
        while (!segments.isEmpty() && last(segments).bytes() <= MERGE_RATIO * size) {
            size += last(segments).bytes();
            from = last(segments).from();
            segments.remove(segments.size() - 1);
        }
        List<SealedPack> packs = new ArrayList<>();
        segments.add(write(from, sequence, full, packs));
        return new Packed(List.copyOf(segments), List.copyOf(packs));
    }

    private static Commit.Segment last(List<Commit.Segment> segments) {
        return segments.get(segments.size() - 1);
    }

    private long encodedSize(long from, long to) {
        long size = 0;
        try (Cursor<CatalogRecord> records = vault.catalog().commits().records(from, to)) {
            for (SegmentWriter blocks = new SegmentWriter(records); blocks.hasNext(); ) {
                size += encode(blocks.next()).encodedSize();
            }
        }
        return size;
    }

    private EncodedChunk encode(byte[] block) {
        ByteBuffer plain = ByteBuffer.wrap(block);
        return settings.compression().encode(vault.seals().chunkNames().name(plain), plain, Lease.none());
    }

    private Commit.Segment write(long from, long to, FullPacks full, List<SealedPack> last)
            throws IOException, InterruptedException {
        List<ChunkId> blocks = new ArrayList<>();
        long bytes = 0;
        try (Cursor<CatalogRecord> records = vault.catalog().commits().records(from, to);
                PackAssembler assembler = assembler()) {
            for (SegmentWriter writer = new SegmentWriter(records); writer.hasNext(); ) {
                EncodedChunk block = encode(writer.next());
                blocks.add(block.id());
                bytes += block.encodedSize();
                for (SealedPack pack : assembler.add(block)) {
                    note(pack);
                    full.take(pack);
                }
            }
            for (SealedPack pack : assembler.finish()) {
                note(pack);
                last.add(pack);
            }
        }
        return new Commit.Segment(
                from, to, bytes, blocks.stream().map(places::get).toList());
    }

    private PackAssembler assembler() {
        return new PackAssembler(
                PackKind.CATALOG,
                Suite.AES_256_GCM,
                vault.packSize(settings.packSize()),
                vault.seals().packs(),
                budget,
                vault.random());
    }

    private void note(SealedPack pack) {
        for (PackEntry entry : pack.entries()) {
            places.put(entry.id(), new Commit.Block(pack.id(), entry.index()));
        }
    }
}
