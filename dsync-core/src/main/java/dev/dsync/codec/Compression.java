package dev.dsync.codec;

import dev.dsync.chunk.Chunk;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import java.nio.ByteBuffer;

/**
 * How chunks are made smaller: with one codec where that helps, else not at all. Large chunks are probed first, so
 * that photos, films and archives cost next to nothing. Safe for use by many threads.
 *
 * <p>While it runs, an encoding takes up to twice the chunk's size in memory beyond the chunk's lease: count that once
 * for every thread that encodes.
 */
public final class Compression {

    private static final Codec RAW = new RawCodec();

    private final Codec codec;
    private final Probe probe = new Probe();

    private Compression(Codec codec) {
        this.codec = codec;
    }

    /** zstd at level 3. */
    public static Compression standard() {
        return zstd(ZstdCodec.DEFAULT_LEVEL);
    }

    /** zstd at a level from 1, fast, to 19, small. */
    public static Compression zstd(int level) {
        return new Compression(new ZstdCodec(level));
    }

    /** zlib at a level from 1, fast, to 9, small. */
    public static Compression zlib(int level) {
        return new Compression(new ZlibCodec(level));
    }

    /** A codec of the application's own, which the vault must be opened with too. */
    public static Compression with(Codec codec) {
        return new Compression(new GuardedCodec(codec));
    }

    /** Everything stays as it is. */
    public static Compression none() {
        return new Compression(RAW);
    }

    /** Whether everything stays as it is. */
    public boolean isNone() {
        return codec.id() == CodecId.RAW;
    }

    /**
     * Encodes {@code chunk}, named {@code id}, and takes over its memory: the chunk is over once this returns, and
     * still the caller's to close if this throws.
     */
    public EncodedChunk encode(ChunkId id, Chunk chunk) {
        ByteBuffer plain = chunk.bytes();
        Encoding encoding = smallest(plain);
        return chunk(id, plain, encoding, chunk.handOver());
    }

    /**
     * Encodes bytes that nobody may change any more, named {@code id}. The lease of their memory is the result's once
     * this returns, and still the caller's to close if this throws.
     */
    public EncodedChunk encode(ChunkId id, ByteBuffer plain, Lease lease) {
        return chunk(id, plain, smallest(plain), lease);
    }

    private record Encoding(CodecId codec, ByteBuffer bytes) {}

    private Encoding smallest(ByteBuffer plain) {
        if (codec.id() != CodecId.RAW && probe.isPromising(plain)) {
            ByteBuffer encoded = codec.encode(plain);
            if (encoded.remaining() < plain.remaining()) {
                return new Encoding(codec.id(), encoded);
            }
        }
        return new Encoding(CodecId.RAW, RAW.encode(plain));
    }

    private static EncodedChunk chunk(ChunkId id, ByteBuffer plain, Encoding encoding, Lease lease) {
        int size = encoding.bytes().remaining();
        if (encoding.codec() != CodecId.RAW && size < lease.bytes()) {
            lease.shrinkTo(size);
        }
        return new EncodedChunk(id, encoding.codec(), plain.remaining(), encoding.bytes(), lease);
    }
}
