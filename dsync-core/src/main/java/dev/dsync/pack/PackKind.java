package dev.dsync.pack;

import java.util.Optional;

/** What the chunks of a pack are. The kinds are never mixed in one pack. */
public enum PackKind {
    /** Pieces of files. */
    DATA(1),
    /** Blocks of catalog records. */
    CATALOG(2),
    /**
     * No pack inside: one part of a file, or of a folder's record, as the original program stores it. The catalog keeps
     * it as a pack with one chunk; its id is the SHA-256 of its bytes.
     */
    CLASSIC(3);

    private final int code;

    PackKind(int code) {
        this.code = code;
    }

    /** The byte that stands for this kind in a pack. */
    public int code() {
        return code;
    }

    /** The kind that the byte {@code code} stands for, if there is one. */
    public static Optional<PackKind> ofCode(int code) {
        for (PackKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
