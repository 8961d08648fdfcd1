package dev.dsync.pack;

import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished pack in memory. Its bytes are fixed for good: every copy and every retry sends exactly these. It holds its
 * share of the memory budget; whoever has it last closes it. May pass between threads; reading is safe for many.
 */
public final class SealedPack implements AutoCloseable {

    private final PackDirectory directory;
    private final PackMemory memory;
    private @Nullable ByteBuffer bytes;

    SealedPack(PackDirectory directory, ByteBuffer bytes, PackMemory memory) {
        this.directory = directory;
        this.bytes = bytes.asReadOnlyBuffer();
        this.memory = memory;
    }

    /**
     * One part of the classic layout, which is stored like a pack.
     *
     * @param part the SHA-256 of the bytes
     * @param name the chunk under which files refer to it
     * @param lease the memory of the bytes, given back with this
     */
    public static SealedPack ofClassicPart(PackId part, ChunkId name, ByteBuffer bytes, Lease lease) {
        PackDirectory directory = PackDirectory.ofClassicPart(part, name, bytes.remaining());
        return new SealedPack(directory, bytes, PackMemory.of(lease));
    }

    public PackId id() {
        return directory.id();
    }

    public PackKind kind() {
        return directory.kind();
    }

    public Suite suite() {
        return directory.suite();
    }

    /** Length in bytes. */
    public int size() {
        return directory.size();
    }

    /** Its chunks, in the order in which they lie in it. */
    public List<PackEntry> entries() {
        return directory.entries();
    }

    /** All that must be remembered to read its chunks; good after closing too. */
    public PackDirectory directory() {
        return directory;
    }

    /**
     * The whole pack, as a read-only view with a position of its own.
     *
     * @throws IllegalStateException if this is closed
     */
    public synchronized ByteBuffer bytes() {
        ByteBuffer open = bytes;
        if (open == null) {
            throw new IllegalStateException(this + " is closed");
        }
        return open.duplicate();
    }

    /** Lets go of the bytes and gives their memory back; does nothing the second time. */
    @Override
    public synchronized void close() {
        bytes = null;
        memory.close();
    }

    @Override
    public String toString() {
        return "pack " + id() + ", " + entries().size() + " chunks, " + size() + " bytes";
    }
}
