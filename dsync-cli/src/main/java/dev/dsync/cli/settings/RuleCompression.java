package dev.dsync.cli.settings;

/** What a rule says of compression. */
public enum RuleCompression {
    /** As the settings say of all files; with zstd if they say not at all. */
    ON,
    ZSTD,
    ZLIB,
    /** Not at all. */
    OFF;

    /** The compression it comes to. */
    CompressionKind with(CompressionKind set) {
        return switch (this) {
            case ON -> set == CompressionKind.NONE ? CompressionKind.ZSTD : set;
            case ZSTD -> CompressionKind.ZSTD;
            case ZLIB -> CompressionKind.ZLIB;
            case OFF -> CompressionKind.NONE;
        };
    }

    @Override
    public String toString() {
        return switch (this) {
            case ON -> "true";
            case ZSTD -> "zstd";
            case ZLIB -> "zlib";
            case OFF -> "none";
        };
    }
}
