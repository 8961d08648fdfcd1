package dev.dsync.catalog;

import static java.util.Objects.requireNonNull;

import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackId;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The bytes of a commit, before sealing. Integers are varints.
 *
 * <pre>
 * field            size
 * format           1            1
 * sequence         varint
 * writer           8            big-endian
 * time             varints      seconds since 1970 (zigzag), nanoseconds
 * parents          varint       how many follow, 0 to 2; each 32 bytes
 * targets          varint       how many follow; each a text: target ids, numbered from 0
 * packs            varint       how many follow; each:
 *   id             32
 *   size           varint       bytes of the blob
 *   copies         varint       how many follow, 0 if the pack lies beside the commit; each:
 *     target       varint       number of the target
 *     address      text
 * segments         varint       how many follow; each:
 *   from, to       varints      the range of sequences
 *   bytes          varint       encoded size
 *   blocks         varint       how many follow; each:
 *     pack         varint       number of the pack, in the order above from 0
 *     entry        varint       index in the pack
 * </pre>
 */
public final class CommitCodec {

    private static final int FORMAT = 1;

    private CommitCodec() {}

    /** The bytes of the commit. */
    public static byte[] encode(Commit commit) {
        FieldWriter out = new FieldWriter();
        out.u8(FORMAT);
        out.varint(commit.sequence());
        writeWriter(out, commit.writer());
        out.time(commit.time());
        out.varint(commit.parents().size());
        commit.parents().forEach(parent -> out.raw(parent.toBytes()));
        writePacks(out, commit.packs());
        writeSegments(out, commit);
        return out.toArray();
    }

    private static void writePacks(FieldWriter out, List<Commit.CatalogPack> packs) {
        LinkedHashSet<TargetId> distinct = new LinkedHashSet<>();
        packs.forEach(pack -> pack.copies().forEach(copy -> distinct.add(copy.target())));
        List<TargetId> targets = List.copyOf(distinct);
        out.varint(targets.size());
        targets.forEach(target -> out.text(target.value()));
        out.varint(packs.size());
        for (Commit.CatalogPack pack : packs) {
            out.raw(pack.id().toBytes());
            out.varint(pack.size());
            out.varint(pack.copies().size());
            for (StoredCopy copy : pack.copies()) {
                out.varint(targets.indexOf(copy.target()));
                out.text(copy.address().value());
            }
        }
    }

    private static void writeSegments(FieldWriter out, Commit commit) {
        Map<PackId, Integer> numbers = new HashMap<>();
        commit.packs().forEach(pack -> numbers.put(pack.id(), numbers.size()));
        out.varint(commit.segments().size());
        for (Commit.Segment segment : commit.segments()) {
            out.varint(segment.from());
            out.varint(segment.to());
            out.varint(segment.bytes());
            out.varint(segment.blocks().size());
            for (Commit.Block block : segment.blocks()) {
                out.varint(requireNonNull(numbers.get(block.pack()), "a block lies in a pack of its commit"));
                out.varint(block.entry());
            }
        }
    }

    /** Reads what {@link #encode} wrote. */
    public static Commit decode(byte[] bytes) throws MalformedCatalogException {
        FieldReader in = new FieldReader("the commit", bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("format " + format + " is not known to this version of dsync");
        }
        return in.checked(() -> {
            long sequence = in.natural();
            WriterId writer = readWriter(in);
            Instant time = in.time();
            List<Sha256> parents = new ArrayList<>();
            for (int left = in.count(2); left > 0; left--) {
                parents.add(Sha256.of(in.raw(Sha256.BYTES)));
            }
            List<Commit.CatalogPack> packs = readPacks(in);
            List<Commit.Segment> segments = readSegments(in, packs);
            in.end();
            return new Commit(sequence, writer, time, parents, segments, packs);
        });
    }

    private static List<Commit.CatalogPack> readPacks(FieldReader in) throws MalformedCatalogException {
        List<TargetId> targets = new ArrayList<>();
        for (int left = in.countOf(1); left > 0; left--) {
            targets.add(new TargetId(in.text()));
        }
        List<Commit.CatalogPack> packs = new ArrayList<>();
        for (int left = in.countOf(PackId.BYTES); left > 0; left--) {
            PackId id = PackId.of(in.raw(PackId.BYTES));
            int size = in.count(PackFormat.MAX_PACK_SIZE);
            List<StoredCopy> copies = new ArrayList<>();
            for (int copiesLeft = in.countOf(2); copiesLeft > 0; copiesLeft--) {
                TargetId target = targets.get(in.count(targets.size() - 1));
                copies.add(new StoredCopy(target, new BlobAddress(in.text())));
            }
            packs.add(new Commit.CatalogPack(id, size, copies));
        }
        return packs;
    }

    private static List<Commit.Segment> readSegments(FieldReader in, List<Commit.CatalogPack> packs)
            throws MalformedCatalogException {
        List<Commit.Segment> segments = new ArrayList<>();
        for (int left = in.countOf(4); left > 0; left--) {
            long from = in.natural();
            long to = in.natural();
            long size = in.natural();
            List<Commit.Block> blocks = new ArrayList<>();
            for (int blocksLeft = in.countOf(2); blocksLeft > 0; blocksLeft--) {
                PackId pack = packs.get(in.count(packs.size() - 1)).id();
                blocks.add(new Commit.Block(pack, in.count(PackFormat.MAX_CHUNKS - 1)));
            }
            segments.add(new Commit.Segment(from, to, size, blocks));
        }
        return segments;
    }

    static void writeWriter(FieldWriter out, WriterId writer) {
        out.raw(ByteBuffer.allocate(Long.BYTES).putLong(writer.bits()).array());
    }

    static WriterId readWriter(FieldReader in) throws MalformedCatalogException {
        return WriterId.of(ByteBuffer.wrap(in.raw(Long.BYTES)).getLong());
    }
}
