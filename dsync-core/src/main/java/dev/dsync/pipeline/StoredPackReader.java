package dev.dsync.pipeline;

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
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads packs from the targets and opens what is in them; every byte is verified. Safe for use by many threads. */
final class StoredPackReader {

    private final VaultParts vault;

    StoredPackReader(VaultParts vault) {
        this.vault = vault;
    }

    /**
     * Reads one range of a pack; the result opens its chunks, and looks elsewhere for those that are not sound, or for
     * all if the range cannot be read.
     */
    FetchedRange range(StoredPack pack, PackRanges.Range range) {
        return new FetchedRange(this, vault.catalog().packs(), pack, range);
    }

    /** All bytes of a pack. */
    ByteBuffer fetch(List<StoredCopy> copies, int size) throws IOException {
        return fetch(copies, 0, size);
    }

    /** Some bytes of a pack. */
    ByteBuffer fetch(List<StoredCopy> copies, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        vault.pool().read(copies, offset, bytes);
        return bytes.flip();
    }

    /** The directory of a whole pack, after checking that it is the one wanted. */
    PackDirectory directory(PackId wanted, ByteBuffer pack) throws IOException {
        return PackReader.readDirectory(vault.seals().packs(), wanted, pack.remaining(), PackSource.of(pack));
    }

    PackReader opener(PackDirectory directory) {
        return new PackReader(vault.seals().packs(), directory.id(), directory.kind(), directory.suite());
    }

    PackReader opener(StoredPack pack) {
        return new PackReader(vault.seals().packs(), pack.id(), pack.kind(), pack.suite());
    }

    /**
     * The plain bytes of one chunk.
     *
     * @param pack the bytes of its pack, or part of them
     * @param start where in the pack {@code pack} starts
     * @throws CorruptChunkException if they do not have the chunk's id
     */
    ByteBuffer open(PackReader opener, Suite suite, PackEntry entry, ByteBuffer pack, long start)
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
