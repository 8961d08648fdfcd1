package dev.dsync.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** One zlib stream (RFC 1950), with nothing behind it. */
public final class ZlibCodec implements Codec {

    /** What zlib itself takes unless told otherwise. */
    public static final int DEFAULT_LEVEL = 6;

    /** Deflate makes no more than 1,032 bytes of one: 258 bytes from 2 bits (zlib's technical notes). */
    private static final long MAX_EXPANSION = 1032;

    private static final int BUFFER_BYTES = 64 << 10;

    private final int level;

    /** Encodes with zlib's level 1, fast, to 9, small; decodes all of them. */
    public ZlibCodec(int level) {
        if (level < Deflater.BEST_SPEED || level > Deflater.BEST_COMPRESSION) {
            throw new IllegalArgumentException("zlib has levels 1 to 9, not " + level);
        }
        this.level = level;
    }

    @Override
    public CodecId id() {
        return CodecId.ZLIB;
    }

    @Override
    public ByteBuffer encode(ByteBuffer plain) {
        Deflater deflater = new Deflater(level);
        try {
            deflater.setInput(plain.duplicate());
            deflater.finish();
            ByteArrayOutputStream encoded = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            while (!deflater.finished()) {
                encoded.write(buffer, 0, deflater.deflate(buffer));
            }
            return ByteBuffer.wrap(encoded.toByteArray());
        } finally {
            deflater.end();
        }
    }

    @Override
    public ByteBuffer decode(ByteBuffer encoded, int plainLength) throws CorruptChunkException {
        if (plainLength < 0 || plainLength > encoded.remaining() * MAX_EXPANSION) {
            throw new CorruptChunkException(
                    encoded.remaining() + " bytes of zlib cannot hold " + plainLength + " plain ones");
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(encoded.duplicate());
            byte[] plain = new byte[plainLength];
            inflateAll(inflater, plain);
            return ByteBuffer.wrap(plain);
        } catch (DataFormatException e) {
            throw new CorruptChunkException("damaged zlib stream for " + plainLength + " plain bytes", e);
        } finally {
            inflater.end();
        }
    }

    private static void inflateAll(Inflater inflater, byte[] plain) throws DataFormatException, CorruptChunkException {
        int length = 0;
        for (int count = -1; length < plain.length && count != 0; length += count) {
            count = inflater.inflate(plain, length, plain.length - length);
        }
        // The last block's end and the checksum follow the last byte; one byte more shows a stream that goes on.
        int beyond = inflater.inflate(new byte[1]);
        if (length + beyond != plain.length || !inflater.finished() || inflater.getRemaining() > 0) {
            throw new CorruptChunkException("zlib stream is cut short, too long or followed by something: wanted "
                    + plain.length + " plain bytes, found " + length + (beyond > 0 ? " and more" : ""));
        }
    }
}
