package dev.dsync.codec;

import java.nio.ByteBuffer;

/** Leaves the bytes as they are. Its results share the input's memory. */
final class RawCodec implements Codec {

    @Override
    public CodecId id() {
        return CodecId.RAW;
    }

    @Override
    public ByteBuffer encode(ByteBuffer plain) {
        return plain.slice();
    }

    @Override
    public ByteBuffer decode(ByteBuffer encoded, int plainLength) throws CorruptChunkException {
        if (encoded.remaining() != plainLength) {
            throw new CorruptChunkException("found " + encoded.remaining() + " bytes, wanted " + plainLength);
        }
        return encoded.slice();
    }
}
