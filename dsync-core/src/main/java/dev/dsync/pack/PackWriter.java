package dev.dsync.pack;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.key.CommittedKey;
import dev.dsync.key.SealBrokenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes one pack. It draws the pack's salt itself and gives each index under it once, and everything it seals is opened
 * again and compared before the pack leaves its hands. After a failure of any kind it refuses all but {@link #close}:
 * its salt is never used again. Not safe for use by many threads.
 */
final class PackWriter implements AutoCloseable {

    private final PackKind kind;
    private final Suite suite;
    private final PackKeys keys;
    private final PackId id;
    private final PackCipher cipher;
    private final PackMemory memory;
    private final SealProbe probe;
    private final byte[] pack;
    private final List<PackEntry> entries = new ArrayList<>();
    private int end = PackHeader.BYTES;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        FINISHED,
        FAILED
    }

    /**
     * Sees the pack's memory right after a part, or a segment of a chunk, went into it and before it is verified; a test
     * may reach in there.
     */
    interface SealProbe {
        SealProbe NONE = (pack, offset, length) -> {};

        void sealed(byte[] pack, int offset, int length);
    }

    PackWriter(
            PackKind kind,
            Suite suite,
            int packSize,
            PackKeys keys,
            ByteBudget budget,
            RandomGenerator random,
            SealProbe probe) {
        this.kind = kind;
        this.suite = suite;
        this.keys = keys;
        this.memory = new PackMemory(budget);
        this.probe = probe;
        this.pack = new byte[packSize];
        this.id = PackId.random(random);
        try (CommittedKey key = keys.derive(suite, id)) {
            this.cipher = new PackCipher(key, keys.vaultId(), id, kind);
            PackHeader header = new PackHeader(suite, kind, keys.vaultId(), id, key.commitment());
            System.arraycopy(header.encode(), 0, pack, 0, PackHeader.BYTES);
        }
    }

    /** The most bytes of a pack that a chunk can cost: its sealed bytes and its entry in the directory. */
    static int cost(Suite suite, int encodedLength) {
        return suite.sealedLength(encodedLength)
                + PackDirectory.maxEncodedLength(1)
                - PackDirectory.maxEncodedLength(0);
    }

    /** What the {@link #cost} of chunks may come to in a pack of {@code packSize} bytes that has none yet. */
    static int emptyRoom(int packSize) {
        return room(packSize, PackHeader.BYTES, 0);
    }

    /** What the {@link #cost} of up to 199 further chunks may come to. */
    int room() {
        return entries.size() == PackFormat.MAX_CHUNKS ? 0 : room(pack.length, end, entries.size());
    }

    /** Whether a chunk of {@code encodedLength} bytes can still be added. */
    boolean fits(int encodedLength) {
        return cost(suite, encodedLength) <= room();
    }

    /** How many chunks it has. */
    int count() {
        return entries.size();
    }

    /**
     * Seals {@code chunk} into the pack; the chunk stays the caller's, who closes it.
     *
     * @throws IllegalArgumentException if it does not {@linkplain #fits fit}
     * @throws FaultyMemoryException if it does not open to what it was
     * @throws IllegalStateException if this writer failed or finished before
     */
    void add(EncodedChunk chunk) {
        begin();
        if (!fits(chunk.encodedSize())) {
            throw new IllegalArgumentException(chunk + " does not fit in the " + room() + " bytes left of pack " + id);
        }
        PackEntry entry =
                new PackEntry(entries.size(), chunk.id(), chunk.codec(), chunk.rawSize(), chunk.encodedSize(), end);
        memory.grow(cost(suite, chunk.encodedSize()));
        if (suite == Suite.NONE) {
            chunk.encoded().get(pack, end, chunk.encodedSize());
            probe.sealed(pack, end, chunk.encodedSize());
            if (!chunk.encoded().equals(ByteBuffer.wrap(pack, end, chunk.encodedSize()))) {
                throw changed(entry);
            }
        } else {
            sealAndCheck(entry, chunk.encoded());
        }
        entries.add(entry);
        end += entry.sealedLength(suite);
        state = State.OPEN;
    }

    /** The pack at its full size. */
    SealedPack finish() {
        return finish(pack.length);
    }

    /** The pack at the smallest {@linkplain Padme Padmé size} that holds it, but never above its full size. */
    SealedPack finishTail() {
        int directory = Suite.AES_256_GCM.sealedLength(PackDirectory.encode(entries).length);
        return finish(Math.min(pack.length, Padme.atLeast(end + directory + PackTrailer.BYTES)));
    }

    private SealedPack finish(int size) {
        begin();
        int directoryLength = Slack.longestDirectory(size - PackTrailer.BYTES - end);
        byte[] plain = Arrays.copyOf(PackDirectory.encode(entries), directoryLength);
        seal(SealedPart.directory(directoryLength), ByteBuffer.wrap(plain), end);
        PackTrailer trailer = new PackTrailer(end, directoryLength, entries.size(), size);
        seal(SealedPart.trailer(), ByteBuffer.wrap(trailer.encode()), size - PackTrailer.BYTES);
        PackDirectory directory = new PackDirectory(id, kind, suite, size, entries);
        ByteBuffer bytes = bytes(size);
        verify(directory, bytes);
        state = State.FINISHED;
        return new SealedPack(directory, bytes, memory);
    }

    /** The first {@code size} bytes of the pack, copied if that frees more memory than it takes meanwhile. */
    private ByteBuffer bytes(int size) {
        return size < pack.length / 2
                ? ByteBuffer.wrap(Arrays.copyOf(pack, size))
                : ByteBuffer.wrap(pack, 0, size).slice();
    }

    /** Abandons the pack unless it is finished, and gives its memory back. */
    @Override
    public void close() {
        if (state != State.FINISHED) {
            state = State.FAILED;
            memory.close();
        }
    }

    /** Until the step that begins here has gone well, this writer counts as failed. */
    private void begin() {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    "the writer of pack " + id + " is " + state + ": a new pack needs a new one");
        }
        state = State.FAILED;
    }

    private void seal(SealedPart part, ByteBuffer plain, int offset) {
        cipher.seal(part, plain, pack, offset);
        probe.sealed(pack, offset, part.sealedLength());
    }

    private void sealAndCheck(PackEntry entry, ByteBuffer plain) {
        try {
            if (!cipher.sealAndCheck(SealedPart.chunk(entry), plain, pack, entry.offset(), probe)) {
                throw changed(entry);
            }
        } catch (SealBrokenException e) {
            throw new FaultyMemoryException("chunk " + entry.index() + " of new pack " + id + " does not open", e);
        }
    }

    private FaultyMemoryException changed(PackEntry entry) {
        return new FaultyMemoryException(
                "chunk " + entry.index() + " of new pack " + id + " does not read back as it was written");
    }

    /** Header, directory and trailer are verified by reading them as anybody would. */
    private void verify(PackDirectory written, ByteBuffer bytes) {
        PackDirectory read;
        try {
            read = PackReader.readDirectory(keys, id, written.size(), PackSource.of(bytes));
        } catch (IOException e) {
            throw new FaultyMemoryException("new pack " + id + " cannot be read", e);
        }
        if (!read.equals(written)) {
            throw new FaultyMemoryException("the directory of new pack " + id + " does not read back as written");
        }
    }

    private static int room(int packSize, int end, int chunks) {
        int directory = Suite.AES_256_GCM.sealedLength(PackDirectory.maxEncodedLength(chunks));
        // The entries of 199 chunks are under 8 KiB: they begin at most one more segment.
        return packSize - PackTrailer.BYTES - end - directory - Suite.TAG_BYTES;
    }
}
