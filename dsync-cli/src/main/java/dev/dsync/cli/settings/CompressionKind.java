package dev.dsync.cli.settings;

import java.util.Locale;

/** How chunks are made smaller. */
public enum CompressionKind {
    ZSTD(3, 19),
    ZLIB(6, 9),
    NONE(0, 0);

    private final int usualLevel;
    private final int highestLevel;

    CompressionKind(int usualLevel, int highestLevel) {
        this.usualLevel = usualLevel;
        this.highestLevel = highestLevel;
    }

    /** The level unless one is set. */
    int usualLevel() {
        return usualLevel;
    }

    /** The level that makes the smallest chunks, and takes the longest. */
    int highestLevel() {
        return highestLevel;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
