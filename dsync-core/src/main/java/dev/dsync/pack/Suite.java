package dev.dsync.pack;

import java.util.Optional;

/** How the chunks of a pack are sealed. Directory and trailer are sealed with AES-256-GCM in every suite. */
public enum Suite {
    /** Chunks lie plain, for what the user chose to leave unencrypted. Only their ids, kept elsewhere, guard them. */
    NONE(0),
    /** Chunks are sealed with AES-256-GCM in segments of {@value #SEGMENT_BYTES} bytes, each with a tag of its own. */
    AES_256_GCM(1);

    /** Plain bytes in every segment of a sealed entry but the last. */
    static final int SEGMENT_BYTES = 8192;

    /** What sealing adds to each segment. */
    static final int TAG_BYTES = 16;

    private final int code;

    Suite(int code) {
        this.code = code;
    }

    /** The byte that stands for this suite in a pack. */
    public int code() {
        return code;
    }

    /** The suite that the byte {@code code} stands for, if there is one. */
    public static Optional<Suite> ofCode(int code) {
        for (Suite suite : values()) {
            if (suite.code == code) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /**
     * Bytes that {@code plainLength} bytes take up in a pack. Nothing at all still has one segment, so that it is
     * authenticated too.
     */
    public int sealedLength(int plainLength) {
        if (this == NONE) {
            return plainLength;
        }
        int segments = Math.max(1, (plainLength + SEGMENT_BYTES - 1) / SEGMENT_BYTES);
        return plainLength + segments * TAG_BYTES;
    }
}
