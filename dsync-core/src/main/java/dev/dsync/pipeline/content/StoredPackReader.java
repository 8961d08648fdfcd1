package dev.dsync.pipeline.content;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.pack.PackDirectory;
import dev.dsync.pack.PackEntry;
import dev.dsync.pack.PackException;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackReader;
import dev.dsync.pack.PackSource;
import dev.dsync.pack.Suite;
import dev.dsync.pipeline.parts.VaultParts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads packs from the targets and opens what is in them; every byte is verified. Safe for use by many threads. */
public final class StoredPackReader {

    private final VaultParts vault;

    public StoredPackReader(VaultParts vault) {
        this.vault = vault;
    }

    /**
     * Reads one range of a pack; the result opens its chunks, and looks elsewhere for those that are not sound, or for
     * all if the range cannot be read.
     */
    public FetchedRange range(StoredPack pack, PackRanges.Range range) {
        return new FetchedRange(this, vault.catalog().packs(), pack, range);
    }

    /** All bytes of a pack. */
    public ByteBuffer fetch(List<StoredCopy> copies, int size) throws IOException {
        return fetch(copies, 0, size);
    }

    /** Some bytes of a pack. */
    public ByteBuffer fetch(List<StoredCopy> copies, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        vault.pool().read(copies, offset, bytes);
        return bytes.flip();
    }

    /** All bytes of one copy that turned out to be damaged when it was read before. */
    public ByteBuffer fetchAnew(StoredCopy copy, int size) throws IOException {
        vault.pool().distrust(copy);
        return fetch(List.of(copy), size);
    }

    /** Makes something of the bytes of a whole blob, or finds them damaged. */
    public interface Opening<T> {
        T open(ByteBuffer bytes) throws IOException;
    }

    /**
     * What {@code opening} makes of a blob. If it finds the bytes damaged, each copy is fetched once more.
     *
     * @throws IOException what it found first, if no copy is sound; or why the blob can't be read
     */
    public <T> T whole(List<StoredCopy> copies, int size, Opening<T> opening) throws IOException {
        ByteBuffer bytes = fetch(copies, size);
        try {
            return opening.open(bytes);
        } catch (IOException damaged) {
            return again(copies, size, opening, damaged);
        }
    }

    /** What {@code opening} makes of the first copy that is sound when it is fetched once more. */
    public <T> T again(List<StoredCopy> copies, int size, Opening<T> opening, IOException damaged) throws IOException {
        for (StoredCopy copy : copies) {
            try {
                return opening.open(fetchAnew(copy, size));
            } catch (IOException e) {
                damaged.addSuppressed(e);
            }
        }
        throw damaged;
    }

    /** The directory of a whole pack, after checking that it is the one wanted. */
    public PackDirectory directory(PackId wanted, ByteBuffer pack) throws IOException {
        return PackReader.readDirectory(vault.seals().packs(), wanted, pack.remaining(), PackSource.of(pack));
    }

    public PackReader opener(PackDirectory directory) {
        return new PackReader(vault.seals().packs(), directory.id(), directory.kind(), directory.suite());
    }

    public PackReader opener(StoredPack pack) {
        return new PackReader(vault.seals().packs(), pack.id(), pack.kind(), pack.suite());
    }

    /**
     * The plain bytes of one chunk.
     *
     * @param pack the bytes of its pack, or part of them
     * @param start where in the pack {@code pack} starts
     * @throws CorruptChunkException if they do not have the chunk's id
     */
    public ByteBuffer open(PackReader opener, Suite suite, PackEntry entry, ByteBuffer pack, long start)
            throws PackException, CorruptChunkException {
        long from = entry.offset() - start;
        if (from < 0 || from + entry.sealedLength(suite) > pack.remaining()) {
            throw new CorruptChunkException(
                    "it is said to end at byte " + (from + entry.sealedLength(suite)) + " of " + pack.remaining());
        }
        ByteBuffer sealed = pack.slice(pack.position() + (int) from, entry.sealedLength(suite));
        ByteBuffer encoded = opener.openChunk(entry, sealed);
        ByteBuffer plain = vault.codecs()
                .decode(new EncodedChunk(entry.id(), entry.codec(), entry.rawSize(), encoded, Lease.none()));
        ChunkId found = vault.seals().chunkNames(suite).name(plain);
        if (!found.equals(entry.id())) {
            throw new CorruptChunkException("its content has another id than the catalog says");
        }
        return plain;
    }
}
