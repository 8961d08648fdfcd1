package dev.dsync.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A tree as it is: for each path below the root what it is, its mode, its time and its content. */
public record Snapshot(Map<String, String> paths) {

    /** Everything below {@code root}. */
    public static Snapshot of(Path root) throws IOException {
        Map<String, String> paths = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.filter(one -> !one.equals(root)).toList()) {
                paths.put(root.relativize(path).toString(), describe(path));
            }
        }
        return new Snapshot(paths);
    }

    private static String describe(Path path) throws IOException {
        Instant time =
                Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (Files.isSymbolicLink(path)) {
            // Java sets the time of a link to the microsecond.
            return "link to " + Files.readSymbolicLink(path) + " of " + time.truncatedTo(ChronoUnit.MICROS);
        }
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        String common = " " + Integer.toOctalString((Integer) mode) + " of " + time;
        return Files.isDirectory(path) ? "folder" + common : Files.size(path) + " bytes " + digest(path) + common;
    }

    private static String digest(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
