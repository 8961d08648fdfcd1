package dev.dsync.bench;

import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.Codec;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.Codecs;
import dev.dsync.codec.CorruptChunkException;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.key.VaultKey;
import java.nio.ByteBuffer;
import java.util.Random;

/** Content to measure with: the same in every run. */
final class Samples {

    private static final String[] WORDS = {
        "the", "chunk", "of", "a", "file", "is", "sealed", "and", "stored", "in", "pack", "public", "static", "return",
        "if", "value", "null", "int", "{", "}", "();", "\n        ", "// ", "0x", "import", "catalog", "target", "=",
    };

    private Samples() {}

    /** Bytes that nothing makes smaller. */
    static byte[] noise(int length, long seed) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }

    /** Words as they stand in prose and code: zstd makes some 30 % of it. */
    static byte[] text(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(WORDS[Math.min(random.nextInt(WORDS.length), random.nextInt(WORDS.length))]);
            text.append(random.nextInt(9) == 0 ? Integer.toString(random.nextInt(100_000)) : " ");
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        return bytes;
    }

    /** A codec as chunks are stored with it, at its usual level. */
    static Codec codec(CodecId id) {
        try {
            return new Codecs().byId(id.stored());
        } catch (CorruptChunkException e) {
            throw new IllegalArgumentException("packs never use " + id, e);
        }
    }

    static VaultKey key() {
        return VaultKey.of(noise(VaultKey.BYTES, 1));
    }

    /** A chunk that no codec touched, with a name of its own. */
    static EncodedChunk rawChunk(byte[] content, int number) {
        byte[] name = noise(ChunkId.BYTES, number);
        return new EncodedChunk(ChunkId.of(name), CodecId.RAW, content.length, ByteBuffer.wrap(content), Lease.none());
    }
}
