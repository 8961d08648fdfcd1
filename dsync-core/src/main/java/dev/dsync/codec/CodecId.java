package dev.dsync.codec;

/** Which codec encoded a chunk, as stored in one byte. The numbers are part of the format: they never change. */
public enum CodecId {
    /** The plain bytes themselves. */
    RAW(0),
    /** One Zstandard frame (RFC 8878). */
    ZSTD(1),
    /** One zlib stream (RFC 1950). */
    ZLIB(2),
    /** A Fernet token; in the classic layout only, never in a pack. */
    FERNET(3);

    private final int stored;

    CodecId(int stored) {
        this.stored = stored;
    }

    /** The byte that stands for this codec, 0 to 255. */
    public int stored() {
        return stored;
    }

    /**
     * The codec that {@code stored} stands for.
     *
     * @throws CorruptChunkException if none does
     */
    public static CodecId of(int stored) throws CorruptChunkException {
        for (CodecId id : values()) {
            if (id.stored == stored) {
                return id;
            }
        }
        throw new CorruptChunkException("no codec has the id " + stored + "; a newer dsync may have written this");
    }
}
