package dev.dsync.codec;

import java.nio.ByteBuffer;

/**
 * A codec of an application, which gets to see nothing that it could write to: chunks lie in arrays that ciphers and
 * digests read in place, and a codec that changed one would change what is stored.
 */
record GuardedCodec(Codec codec) implements Codec {

    @Override
    public CodecId id() {
        return codec.id();
    }

    @Override
    public ByteBuffer encode(ByteBuffer plain) {
        return codec.encode(plain.asReadOnlyBuffer());
    }

    @Override
    public ByteBuffer decode(ByteBuffer encoded, int plainLength) throws CorruptChunkException {
        return codec.decode(encoded.asReadOnlyBuffer(), plainLength);
    }
}
