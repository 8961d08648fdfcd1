package dev.dsync.cli.settings;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.pack.PackFormat;
import java.time.Duration;
import java.util.List;

/** All there is to set, apart from rules. */
public final class Keys {

    private static final int MOST_COPIES = 16;
    private static final int MOST_THREADS = 256;
    private static final long LEAST_READ_AHEAD = 4 << 10;
    private static final long MOST_READ_AHEAD = 16L << 30;

    /** The synced folder; empty unless set, because then the vault knows it. */
    public static final Key<String> FOLDER =
            new Key<>("folder", Form.text("the name of a folder, relative to the home"), "");

    /** What is left out, besides what {@code .dsyncignore} files name. */
    public static final Key<List<String>> EXCLUDE =
            new Key<>("exclude", Form.patterns("a list of patterns, such as [\"*.tmp\", \"/cache/\"]"), List.of());

    /** How often to look for changes. */
    public static final Key<Duration> INTERVAL =
            new Key<>("interval", Form.time(Duration.ofSeconds(1)), Duration.ofSeconds(60));

    /** Length of full packs. */
    public static final Key<Long> PACK_SIZE = new Key<>(
            "pack_size", Form.bytes("a number of bytes", PackFormat.MIN_PACK_SIZE, PackFormat.MAX_PACK_SIZE), (long)
                    PackFormat.DEFAULT_PACK_SIZE);

    /** How chunks are made smaller. */
    public static final Key<CompressionKind> COMPRESSION = new Key<>(
            "compression",
            Form.choice(List.of(CompressionKind.values()), CompressionKind.ZSTD, CompressionKind.NONE),
            CompressionKind.ZSTD);

    /** How hard to try; the usual level of the compression unless set. */
    public static final Key<Integer> COMPRESSION_LEVEL = new Key<>(
            "compression_level", Form.count(1, CompressionKind.ZSTD.highestLevel()), CompressionKind.ZSTD.usualLevel());

    /** How packs are sealed. */
    public static final Key<Encryption> ENCRYPTION = new Key<>(
            "encryption",
            Form.choice(List.of(Encryption.values()), Encryption.AES_256_GCM, Encryption.NONE),
            Encryption.AES_256_GCM);

    /** On how many targets each pack lies. */
    public static final Key<Integer> COPIES = new Key<>("copies", Form.count(1, MOST_COPIES), 1);

    /** How many chunks are worked on at once. */
    public static final Key<Integer> THREADS = new Key<>(
            "threads",
            Form.count(1, MOST_THREADS),
            Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors()));

    /** How far to read ahead: what is read and not stored yet takes no more memory, or the least that a pass can do with. */
    public static final Key<Long> READ_BUFFER =
            new Key<>("read_buffer", Form.bytes("a number of bytes", LEAST_READ_AHEAD, MOST_READ_AHEAD), (long)
                    ByteBudget.DEFAULT_BYTES);

    /** How fast to send, in KiB a second, to all targets together; 0 for as fast as possible. */
    public static final Key<Integer> UPLOAD_LIMIT = new Key<>("upload_limit", Form.kibibytesPerSecond(), 0);

    /** How fast to fetch, in KiB a second, from all targets together; 0 for as fast as possible. */
    public static final Key<Integer> DOWNLOAD_LIMIT = new Key<>("download_limit", Form.kibibytesPerSecond(), 0);

    /** How long deleted files can come back. */
    public static final Key<Duration> KEEP_DELETED =
            new Key<>("keep_deleted", Form.time(Duration.ZERO), Duration.ofDays(30));

    /** How many of the newest versions of a file stay, however old. */
    public static final Key<Integer> KEEP_VERSIONS = new Key<>("keep_versions", Form.count(1, Integer.MAX_VALUE), 1);

    /** How long every state can be seen. */
    public static final Key<Duration> KEEP_WITHIN =
            new Key<>("keep_within", Form.time(Duration.ZERO), Duration.ofDays(90));

    /** Whether a sync writes files.json and folders.json. */
    public static final Key<Boolean> EXPORT_JSON = new Key<>("export_json", Form.truth(), true);

    /** The table of rules in the file. */
    static final String RULE = "rule";

    /** All of them, as they are shown. */
    public static final List<Key<?>> ALL = List.of(
            FOLDER,
            EXCLUDE,
            INTERVAL,
            PACK_SIZE,
            COMPRESSION,
            COMPRESSION_LEVEL,
            ENCRYPTION,
            COPIES,
            THREADS,
            READ_BUFFER,
            UPLOAD_LIMIT,
            DOWNLOAD_LIMIT,
            KEEP_DELETED,
            KEEP_VERSIONS,
            KEEP_WITHIN,
            EXPORT_JSON);

    private Keys() {}
}
