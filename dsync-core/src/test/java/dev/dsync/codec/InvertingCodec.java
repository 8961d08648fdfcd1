package dev.dsync.codec;

import java.nio.ByteBuffer;

/** An application's own codec: one byte fewer for every chunk, and all bits turned. */
public final class InvertingCodec implements Codec {

    /** The last byte is left out when it is this one. */
    public static final byte LAST = '\n';

    @Override
    public CodecId id() {
        return CodecId.ofApplication(200);
    }

    @Override
    public ByteBuffer encode(ByteBuffer plain) {
        int length = plain.remaining();
        boolean shorter = length > 0 && plain.get(plain.limit() - 1) == LAST;
        return inverted(plain, shorter ? length - 1 : length, new byte[shorter ? length - 1 : length]);
    }

    @Override
    public ByteBuffer decode(ByteBuffer encoded, int plainLength) throws CorruptChunkException {
        int length = encoded.remaining();
        if (length != plainLength && length != plainLength - 1) {
            throw new CorruptChunkException(length + " bytes do not decode to " + plainLength);
        }
        byte[] plain = new byte[plainLength];
        if (length < plainLength) {
            plain[plainLength - 1] = LAST;
        }
        return inverted(encoded, length, plain);
    }

    private static ByteBuffer inverted(ByteBuffer in, int length, byte[] out) {
        for (int i = 0; i < length; i++) {
            out[i] = (byte) ~in.get(in.position() + i);
        }
        return ByteBuffer.wrap(out);
    }
}
