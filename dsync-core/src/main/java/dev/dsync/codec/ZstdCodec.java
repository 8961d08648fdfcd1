package dev.dsync.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * One Zstandard frame (RFC 8878) that states its content size, without checksum, with nothing behind it.
 *
 * <p>The native code works on memory outside the heap, because on heap arrays it would hold up garbage collection for
 * as long as it runs.
 */
final class ZstdCodec implements Codec {

    /** What zstd itself takes unless told otherwise. */
    static final int DEFAULT_LEVEL = 3;

    /** Levels above need hundreds of megabytes to encode. */
    private static final int MAX_LEVEL = 19;

    /** A block makes at most 128 KiB of plain bytes and takes at least 4 bytes (RFC 8878, 3.1.1.2). */
    private static final long MAX_EXPANSION = (128 << 10) / 4;

    private final Scratch scratch = new Scratch();
    private final Contexts<ZstdCompressCtx> compressors;
    private final Contexts<ZstdDecompressCtx> decompressors;

    /** Encodes with zstd's level 1, fast, to 19, small; decodes all of them. */
    ZstdCodec(int level) {
        if (level < 1 || level > MAX_LEVEL) {
            throw new IllegalArgumentException("zstd is used with levels 1 to " + MAX_LEVEL + ", not " + level);
        }
        this.compressors = new Contexts<>(this, () -> new ZstdCompressCtx().setLevel(level));
        this.decompressors = new Contexts<>(this, ZstdDecompressCtx::new);
    }

    @Override
    public CodecId id() {
        return CodecId.ZSTD;
    }

    @Override
    public ByteBuffer encode(ByteBuffer plain) {
        ByteBuffer in = scratchWith(plain);
        ByteBuffer out = scratch.take(Math.toIntExact(Zstd.compressBound(in.remaining())));
        try {
            return onHeap(out.limit(encode(in, out)));
        } finally {
            scratch.back(in);
            scratch.back(out);
        }
    }

    private int encode(ByteBuffer in, ByteBuffer out) {
        ZstdCompressCtx context = compressors.take();
        try {
            int length = context.compressDirectByteBuffer(out, 0, out.remaining(), in, 0, in.remaining());
            compressors.back(context);
            return length;
        } catch (ZstdException e) {
            Contexts.close(context);
            throw e;
        }
    }

    @Override
    public ByteBuffer decode(ByteBuffer encoded, int plainLength) throws CorruptChunkException {
        ByteBuffer in = scratchWith(encoded);
        try {
            requireOneFrame(in, plainLength);
            return decodeFrame(in, plainLength);
        } catch (ZstdException e) {
            throw new CorruptChunkException("damaged zstd frame of " + in.remaining() + " bytes", e);
        } finally {
            scratch.back(in);
        }
    }

    /** Asks the frame's own header before anything of the claimed size is allocated. */
    private static void requireOneFrame(ByteBuffer in, int plainLength) throws CorruptChunkException {
        long stated = Zstd.getDirectByteBufferFrameContentSize(in, 0, in.remaining());
        if (stated != plainLength) {
            throw new CorruptChunkException("zstd frame of " + in.remaining() + " bytes "
                    + (stated < 0 ? "states no size" : "states " + stated + " plain bytes") + ", wanted "
                    + plainLength);
        }
        if (plainLength > in.remaining() * MAX_EXPANSION) {
            throw new CorruptChunkException(
                    in.remaining() + " bytes of zstd cannot hold " + plainLength + " plain ones");
        }
        long frame = Zstd.findFrameCompressedSize(in.duplicate());
        if (frame != in.remaining()) {
            throw new CorruptChunkException(
                    "zstd frame of " + in.remaining() + " bytes is cut short or followed by" + " something");
        }
    }

    private ByteBuffer decodeFrame(ByteBuffer in, int plainLength) throws CorruptChunkException {
        ByteBuffer out = scratch.take(plainLength);
        try {
            int length = decode(in, out);
            if (length != plainLength) {
                throw new CorruptChunkException("zstd frame held " + length + " plain bytes, wanted " + plainLength);
            }
            return onHeap(out);
        } finally {
            scratch.back(out);
        }
    }

    private int decode(ByteBuffer in, ByteBuffer out) {
        ZstdDecompressCtx context = decompressors.take();
        try {
            int length = context.decompressDirectByteBuffer(out, 0, out.remaining(), in, 0, in.remaining());
            decompressors.back(context);
            return length;
        } catch (ZstdException e) {
            Contexts.close(context);
            throw e;
        }
    }

    private ByteBuffer scratchWith(ByteBuffer content) {
        ByteBuffer copy = scratch.take(content.remaining());
        return copy.put(content.duplicate()).flip();
    }

    private static ByteBuffer onHeap(ByteBuffer content) {
        byte[] copy = new byte[content.remaining()];
        content.get(0, copy);
        return ByteBuffer.wrap(copy);
    }
}
