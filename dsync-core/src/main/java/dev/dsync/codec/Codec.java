package dev.dsync.codec;

import java.nio.ByteBuffer;

/**
 * One reversible step on a chunk: a compression or a cipher.
 *
 * <p>Safe for use by many threads. Both directions take what lies between the buffer's position and limit, heap or
 * direct, read-only or not, and leave buffer and content as they were. The result starts at its position and ends at
 * its limit; it may share memory with the input, so neither may be written to afterwards.
 *
 * <p>To add a codec to dsync: implement these methods, give it an id in {@link CodecId} and a line in {@link Codecs},
 * and subclass {@code CodecContract} in a test. An application with a codec of its own gives it to the vault's builder
 * instead, with an id made by {@link CodecId#ofApplication}. What a codec once decoded it decodes for ever.
 */
public interface Codec {

    /** The id stored with everything this codec encodes. */
    CodecId id();

    /** The bytes from which {@link #decode} gets {@code plain} back; they may be more than {@code plain} has. */
    ByteBuffer encode(ByteBuffer plain);

    /**
     * The plain bytes, exactly {@code plainLength} of them. Allocates no more than that and what the input's own
     * length justifies, whatever the input claims.
     *
     * @throws CorruptChunkException if the input is damaged, or is sound but has more or fewer plain bytes
     */
    ByteBuffer decode(ByteBuffer encoded, int plainLength) throws CorruptChunkException;
}
