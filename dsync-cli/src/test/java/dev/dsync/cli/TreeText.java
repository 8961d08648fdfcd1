package dev.dsync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A tree as lines that are equal exactly when names, kinds, content, modes, times and links are. */
final class TreeText {

    private TreeText() {}

    static List<String> of(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.filter(each -> !each.equals(root)).sorted().toList()) {
                lines.add(root.relativize(path) + " " + state(path));
            }
        }
        return lines;
    }

    private static String state(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        String meta = mode + ' ' + Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? meta : meta + ' ' + digest(path);
    }

    private static String digest(Path file) throws IOException {
        try {
            byte[] content = Files.readAllBytes(file);
            return content.length + ":"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
