package dev.dsync.pack;

import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;

/**
 * One chunk as a pack holds it.
 *
 * @param index its place among the pack's chunks, from 0
 * @param id the name of its plain bytes
 * @param codec what encoded them; never {@link CodecId#FERNET}
 * @param rawSize length of the plain bytes, at most {@link PackFormat#MAX_CHUNK_BYTES}
 * @param encodedLength length after the codec and before sealing, at most {@link PackFormat#MAX_CHUNK_BYTES}
 * @param offset where its sealed bytes start, in bytes from the start of the pack
 */
public record PackEntry(int index, ChunkId id, CodecId codec, int rawSize, int encodedLength, int offset) {

    public PackEntry {
        if (index < 0 || index >= PackFormat.MAX_CHUNKS) {
            throw new IllegalArgumentException(
                    "a pack has at most " + PackFormat.MAX_CHUNKS + " chunks, asked for index " + index);
        }
        checkLength(index, "plain", rawSize);
        checkLength(index, "encoded", encodedLength);
        if (codec == CodecId.FERNET) {
            throw new IllegalArgumentException("chunk " + index + ": packs hold no Fernet tokens");
        }
        if (offset < PackHeader.BYTES || offset > PackFormat.MAX_PACK_SIZE) {
            throw new IllegalArgumentException("chunk " + index + " cannot start at offset " + offset);
        }
    }

    private static void checkLength(int index, String which, int length) {
        if (length < 0 || length > PackFormat.MAX_CHUNK_BYTES) {
            throw new IllegalArgumentException("chunk " + index + " has " + length + " " + which
                    + " bytes, a pack takes 0 to " + PackFormat.MAX_CHUNK_BYTES);
        }
    }

    /** How many bytes it takes up from {@link #offset} on, in a pack of {@code suite}. */
    public int sealedLength(Suite suite) {
        return suite.sealedLength(encodedLength);
    }
}
