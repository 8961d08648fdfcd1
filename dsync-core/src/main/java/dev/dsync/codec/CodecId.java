package dev.dsync.codec;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which codec encoded a chunk, as stored in one byte. The numbers are part of the format: they never change.
 *
 * <p>Numbers below {@value #FIRST_OF_APPLICATIONS} are this project's. The others belong to applications that bring
 * codecs of their own; packs with such chunks can be read only where that codec is given, see {@link Codecs}.
 *
 * <p>There is one object for each number, so ids may be compared with {@code ==}.
 */
public final class CodecId {

    /** The least number of an application's own codec; the greatest is 255. */
    public static final int FIRST_OF_APPLICATIONS = 128;

    /** The plain bytes themselves. */
    public static final CodecId RAW = new CodecId(0, "RAW");

    /** One Zstandard frame (RFC 8878). */
    public static final CodecId ZSTD = new CodecId(1, "ZSTD");

    /** One zlib stream (RFC 1950). */
    public static final CodecId ZLIB = new CodecId(2, "ZLIB");

    /** A Fernet token; in the classic layout only, never in a pack. */
    public static final CodecId FERNET = new CodecId(3, "FERNET");

    private static final int LAST = 255;

    private static final List<CodecId> OURS = List.of(RAW, ZSTD, ZLIB, FERNET);

    private static final List<CodecId> OF_APPLICATIONS = IntStream.rangeClosed(FIRST_OF_APPLICATIONS, LAST)
            .mapToObj(number -> new CodecId(number, "APPLICATION-" + number))
            .toList();

    private final int stored;
    private final String name;

    private CodecId(int stored, String name) {
        this.stored = stored;
        this.name = name;
    }

    /**
     * The id of an application's own codec.
     *
     * @param number from {@value #FIRST_OF_APPLICATIONS} to 255, chosen once and for ever
     */
    public static CodecId ofApplication(int number) {
        if (number < FIRST_OF_APPLICATIONS || number > LAST) {
            throw new IllegalArgumentException("a codec of an application has a number from " + FIRST_OF_APPLICATIONS
                    + " to " + LAST + ", not " + number);
        }
        return OF_APPLICATIONS.get(number - FIRST_OF_APPLICATIONS);
    }

    /**
     * The codec that {@code stored} stands for.
     *
     * @throws CorruptChunkException if none does
     */
    public static CodecId of(int stored) throws CorruptChunkException {
        if (stored >= FIRST_OF_APPLICATIONS && stored <= LAST) {
            return ofApplication(stored);
        }
        if (stored >= 0 && stored < OURS.size()) {
            return OURS.get(stored);
        }
        throw new CorruptChunkException("no codec has the id " + stored + "; a newer dsync may have written this");
    }

    /** The byte that stands for this codec, 0 to 255. */
    public int stored() {
        return stored;
    }

    /** Whether it is an application's own. */
    public boolean isOfApplication() {
        return stored >= FIRST_OF_APPLICATIONS;
    }

    @Override
    public String toString() {
        return name;
    }
}
