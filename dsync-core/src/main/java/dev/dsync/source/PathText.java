package dev.dsync.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * File names and link targets as text. On Unix they are bytes; Java shows those that are no text in the system's
 * encoding with replacement characters, and such text would lead to another file.
 */
final class PathText {

    private static final char REPLACEMENT = '\ufffd';

    private PathText() {}

    /** Whether the text of {@code path} stands for exactly the bytes on disk. */
    static boolean isExact(Path path) {
        String text = path.toString();
        if (text.indexOf(REPLACEMENT) < 0) {
            return true;
        }
        // The character may really be there.
        try {
            return path.getFileSystem().getPath(text).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Whether {@code text} is the same in every encoding a system may have. */
    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** The last name of {@code entry} with every byte that is not plain ASCII percent-escaped. */
    static String escapedName(Path entry) {
        String uri = entry.toUri().getRawPath();
        String trimmed = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    /**
     * Where a link points, as text.
     *
     * @throws CharacterCodingException if the text would not be exactly what the link holds
     */
    static String ofLink(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        String text = target.toString();
        if (!isExact(target) || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new CharacterCodingException();
        }
        return text;
    }
}
