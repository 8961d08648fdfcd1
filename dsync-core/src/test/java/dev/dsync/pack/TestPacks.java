package dev.dsync.pack;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.key.VaultKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;

/** Keys, chunks and packs that are the same in every run. */
final class TestPacks {

    static final PackKeys KEYS = keys(0);
    static final PackKeys OTHER_KEYS = keys(100);

    private TestPacks() {}

    /** The pack keys of the vault whose key is the 32 bytes from {@code first} on, each one more than the one before. */
    static PackKeys keys(int first) {
        byte[] bytes = new byte[VaultKey.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        try (VaultKey key = VaultKey.of(bytes)) {
            return PackKeys.of(key);
        }
    }

    static ByteBudget budget() {
        return new ByteBudget(1L << 40, 1L << 39);
    }

    /** Bytes that do not compress, the same for the same seed. */
    static byte[] noise(long seed, int length) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    static EncodedChunk chunk(long seed, int length) {
        return chunk(seed, length, Lease.none());
    }

    static EncodedChunk chunk(long seed, int length, Lease lease) {
        ChunkId id = ChunkId.of(noise(~seed, ChunkId.BYTES));
        return new EncodedChunk(id, CodecId.RAW, length, ByteBuffer.wrap(noise(seed, length)), lease);
    }

    static PackWriter writer(Suite suite, int size, long seed) {
        return writer(suite, size, seed, PackWriter.SealProbe.NONE);
    }

    static PackWriter writer(Suite suite, int size, long seed, PackWriter.SealProbe probe) {
        return new PackWriter(PackKind.DATA, suite, size, KEYS, budget(), new Random(seed), probe);
    }

    /** A full pack of {@code size} bytes with random chunks of these lengths; chunk i was made with seed i. */
    static SealedPack pack(Suite suite, int size, long seed, int... lengths) {
        PackWriter writer = writer(suite, size, seed);
        for (int i = 0; i < lengths.length; i++) {
            writer.add(chunk(i, lengths[i]));
        }
        return writer.finish();
    }

    static byte[] bytes(SealedPack pack) {
        byte[] bytes = new byte[pack.size()];
        pack.bytes().get(bytes);
        return bytes;
    }

    static ByteBuffer sealed(byte[] pack, PackEntry entry, Suite suite) {
        return ByteBuffer.wrap(pack, entry.offset(), entry.sealedLength(suite)).slice();
    }

    /** Reads all of {@code pack} as somebody who remembers {@code known}. */
    static void readAll(PackDirectory known, byte[] pack) throws IOException {
        PackSource source = PackSource.of(ByteBuffer.wrap(pack));
        PackDirectory read = PackReader.readDirectory(KEYS, known.id(), known.size(), source);
        try (PackReader reader = new PackReader(KEYS, read.id(), read.kind(), read.suite())) {
            for (PackEntry entry : read.entries()) {
                reader.openChunk(entry, sealed(pack, entry, read.suite()));
            }
        }
    }
}
