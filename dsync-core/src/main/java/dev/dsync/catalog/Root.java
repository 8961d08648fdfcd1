package dev.dsync.catalog;

import dev.dsync.key.VaultId;
import dev.dsync.pack.PackFormat;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.TargetId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The pointer to the newest commit: the plain content of the value in a target's root slot. Integers are varints.
 *
 * <pre>
 * field            size
 * format           1            1
 * vault id         16
 * writer           8            big-endian
 * sequence         varint       of the commit
 * time             varints      seconds since 1970 (zigzag), nanoseconds
 * commit hash      32           SHA-256 of the sealed commit
 * commit length    varint       bytes of the sealed commit
 * copies           varint       how many follow; each:
 *   target         text         id of the target
 *   commit         text         address of the commit there
 *   beside         varint       how many addresses follow: the catalog packs that the commit names as lying beside it
 *   address        text
 * </pre>
 *
 * @param copies where the commit lies; the copy on the slot's own target first
 */
public record Root(VaultId vault, CommitInfo commit, int commitLength, List<Copy> copies) {

    private static final int FORMAT = 1;
    private static final int MAX_COPIES = 1_000;

    /** The largest commit, sealed, in bytes: no more than the largest blob of all, so that a root cannot ask for all memory. */
    private static final int MAX_COMMIT_BYTES = PackFormat.MAX_PACK_SIZE;

    /** Where one copy of a commit lies, and the packs that were stored with it, in the commit's order. */
    public record Copy(TargetId target, BlobAddress commit, List<BlobAddress> beside) {

        public Copy {
            beside = List.copyOf(beside);
        }
    }

    public Root {
        copies = List.copyOf(copies);
        if (copies.isEmpty()) {
            throw new IllegalArgumentException("a root that does not say where its commit lies");
        }
        if (commitLength < 1 || commitLength > MAX_COMMIT_BYTES) {
            throw new IllegalArgumentException(
                    "a commit has 1 to " + MAX_COMMIT_BYTES + " bytes, the root says " + commitLength);
        }
    }

    /**
     * The bytes, with as many copies as fit.
     *
     * @param capacity the most bytes there may be; one copy is always written
     */
    public byte[] encode(int capacity) {
        byte[] bytes = encodeCopies(1);
        for (int count = 2; count <= Math.min(copies.size(), MAX_COPIES); count++) {
            byte[] longer = encodeCopies(count);
            if (longer.length > capacity) {
                break;
            }
            bytes = longer;
        }
        return bytes;
    }

    /** The same root for the slot of another target: its own copy, where it has one, comes first. */
    public Root ownFirst(TargetId own) {
        List<Copy> sorted = new ArrayList<>(copies);
        sorted.sort((a, b) -> Boolean.compare(b.target().equals(own), a.target().equals(own)));
        return new Root(vault, commit, commitLength, sorted);
    }

    private byte[] encodeCopies(int count) {
        FieldWriter out = new FieldWriter();
        out.u8(FORMAT);
        out.raw(vault.toBytes());
        CommitCodec.writeWriter(out, commit.writer());
        out.varint(commit.sequence());
        out.time(commit.time());
        out.raw(commit.hash().toBytes());
        out.varint(commitLength);
        out.varint(count);
        for (Copy copy : copies.subList(0, count)) {
            out.text(copy.target().value());
            out.text(copy.commit().value());
            out.varint(copy.beside().size());
            copy.beside().forEach(address -> out.text(address.value()));
        }
        return out.toArray();
    }

    /** Reads what {@link #encode} wrote. */
    public static Root decode(byte[] bytes) throws MalformedCatalogException {
        FieldReader in = new FieldReader("the root", bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("format " + format + " is not known to this version of dsync");
        }
        return in.checked(() -> {
            VaultId vault = VaultId.of(in.raw(VaultId.BYTES));
            WriterId writer = CommitCodec.readWriter(in);
            long sequence = in.natural();
            Instant time = in.time();
            CommitInfo commit = new CommitInfo(sequence, writer, time, Sha256.of(in.raw(Sha256.BYTES)));
            int length = in.count(MAX_COMMIT_BYTES);
            int count = in.countOf(3);
            List<Copy> copies = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                copies.add(readCopy(in));
            }
            in.end();
            return new Root(vault, commit, length, copies);
        });
    }

    private static Copy readCopy(FieldReader in) throws MalformedCatalogException {
        TargetId target = new TargetId(in.text());
        BlobAddress commit = new BlobAddress(in.text());
        int count = in.countOf(2);
        List<BlobAddress> beside = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            beside.add(new BlobAddress(in.text()));
        }
        return new Copy(target, commit, beside);
    }
}
