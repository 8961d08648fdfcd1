package dev.dsync.pack;

import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;

/**
 * What of a pack is sealed as one: a chunk, the directory or the trailer. The fields are what sealing binds the bytes
 * to; for directory and trailer those that mean nothing are zero.
 */
record SealedPart(int index, CodecId codec, int rawSize, int encodedLength, ChunkId id) {

    private static final ChunkId NO_CHUNK = ChunkId.of(new byte[ChunkId.BYTES]);

    static SealedPart chunk(PackEntry entry) {
        return new SealedPart(entry.index(), entry.codec(), entry.rawSize(), entry.encodedLength(), entry.id());
    }

    /** A directory of {@code length} bytes, padding included. */
    static SealedPart directory(int length) {
        return new SealedPart(PackFormat.DIRECTORY_INDEX, CodecId.RAW, length, length, NO_CHUNK);
    }

    static SealedPart trailer() {
        int length = PackTrailer.PLAIN_BYTES;
        return new SealedPart(PackFormat.TRAILER_INDEX, CodecId.RAW, length, length, NO_CHUNK);
    }

    /** Length once sealed. */
    int sealedLength() {
        return Suite.AES_256_GCM.sealedLength(encodedLength);
    }
}
