package dev.dsync.pipeline.content;

import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackId;
import dev.dsync.pack.PackKind;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.storage.BlobNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads parts of the classic layout, each whole, and gives out only what has the digest it was stored with. */
public final class ClassicParts {

    /** Data that is not what was stored is fetched once more before it counts as damaged. */
    private static final int FETCHES = 2;

    private final VaultParts vault;

    public ClassicParts(VaultParts vault) {
        this.vault = vault;
    }

    /**
     * The bytes of a part, from whichever copy is sound.
     *
     * @throws IOException if none is; the message does not name the file
     */
    ByteBuffer read(ChunkId part) throws IOException {
        IOException trouble = new IOException("it is recorded nowhere");
        for (ChunkPlace place : vault.catalog().packs().locate(part)) {
            if (place.pack().kind() == PackKind.CLASSIC) {
                try {
                    return read(place.pack());
                } catch (IOException e) {
                    trouble = e;
                }
            }
        }
        throw trouble;
    }

    private ByteBuffer read(StoredPack part) throws IOException {
        IOException trouble;
        try {
            return sound(part, part.copies());
        } catch (IOException e) {
            trouble = e;
        }
        for (StoredCopy copy : part.copies().size() > 1 ? part.copies() : List.<StoredCopy>of()) {
            try {
                return sound(part, List.of(copy));
            } catch (IOException e) {
                trouble.addSuppressed(e);
            }
        }
        throw trouble;
    }

    /**
     * The bytes of a part from one of these copies.
     *
     * @throws DamagedPartException if they are not what was stored
     */
    public ByteBuffer sound(StoredPack part, List<StoredCopy> copies) throws IOException {
        long found = 0;
        for (int fetch = 0; fetch < FETCHES; fetch++) {
            ByteBuffer bytes = ByteBuffer.allocate(part.size() > 0 ? part.size() : size(copies));
            vault.pool().read(copies, 0, bytes);
            bytes.flip();
            if (PackId.of(Digests.sha256(bytes.array()).toBytes()).equals(part.id())) {
                return bytes;
            }
            found = bytes.remaining();
        }
        throw new DamagedPartException("what was read of it, " + found + " bytes, is not what was stored");
    }

    /** How long a part is of which nobody wrote that down; one request, which reading needs anyway. */
    private int size(List<StoredCopy> copies) throws IOException {
        IOException trouble = new BlobNotFoundException("it is on no target");
        for (StoredCopy copy : copies) {
            if (vault.pool().find(copy.target()).isEmpty()) {
                trouble = new IOException("it lies on " + copy.target() + ", which no line of webhooks.txt names");
                continue;
            }
            Optional<OptionalLong> size = vault.pool().size(copy);
            if (size.isEmpty()) {
                trouble = new IOException("it lies on " + copy.target() + ", which does not answer");
            } else if (size.get().isEmpty()) {
                trouble = new BlobNotFoundException("it is no longer on " + copy.target()
                        + ", or its link has ended and its message is not known (see 'dsync import --help')");
            } else if (size.get().getAsLong() < 1 || size.get().getAsLong() > PackFormat.MAX_PACK_SIZE) {
                trouble = new IOException("it is said to have " + size.get().getAsLong() + " bytes");
            } else {
                return (int) size.get().getAsLong();
            }
        }
        throw trouble;
    }
}
