package dev.dsync.pack;

/**
 * The limits of pack format version 1. A pack is, in this order:
 *
 * <pre>
 * size      part
 *   88      header, plain                            {@link PackHeader}
 *  any      chunks, one after another                {@link PackCipher}
 *  any      directory, sealed, padded with zeros     {@link PackDirectory}
 *  0..16    zeros that make the size exact           {@link Slack}
 *   32      trailer, sealed                          {@link PackTrailer}
 * </pre>
 */
public final class PackFormat {

    /**
     * Size of a full pack in bytes unless set otherwise. Three of them fill one request to Discord (25 MiB), and one is
     * under 9.99 MiB, the largest part that the original program stored.
     */
    public static final int DEFAULT_PACK_SIZE = 8_732_672;

    /** The smallest size that full packs may be set to, in bytes: a target that takes less is unusable. */
    public static final int MIN_PACK_SIZE = 5 << 20;

    /** The largest pack that is written or read, in bytes. */
    public static final int MAX_PACK_SIZE = 128 << 20;

    /** The most chunks in one pack. */
    public static final int MAX_CHUNKS = 65_535;

    /** The most bytes that a chunk may have, plain or encoded. */
    public static final int MAX_CHUNK_BYTES = 4 << 20;

    /** Length of a pack's header. */
    public static final int HEADER_BYTES = PackHeader.BYTES;

    /** The entry index under which the directory is sealed; chunks count up from 0. */
    static final int DIRECTORY_INDEX = 0xFFFF_FFFE;

    /** The entry index under which the trailer is sealed. */
    static final int TRAILER_INDEX = 0xFFFF_FFFF;

    private PackFormat() {}
}
