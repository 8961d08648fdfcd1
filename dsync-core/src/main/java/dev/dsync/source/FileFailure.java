package dev.dsync.source;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Something in the synced folder that could not be read, or is of a kind that is not kept.
 *
 * @param path where, from the synced folder. Exactly the path where it can be told; in a name that is no text, the
 *     bytes that cannot be shown are percent-escaped
 * @param reason why, as half a sentence that fits after "path: ", such as "permission denied"
 */
public record FileFailure(String path, String reason) {

    /** {@code problem}, met at {@code path}, in words. */
    public static FileFailure of(RelativePath path, IOException problem) {
        return new FileFailure(path.value(), reason(problem));
    }

    static String reason(IOException problem) {
        if (problem instanceof SourceException told) {
            return told.failure().reason();
        }
        if (problem instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (problem instanceof NoSuchFileException) {
            return "no such file any more";
        }
        if (problem instanceof NotDirectoryException) {
            return "is not a folder any more";
        }
        if (problem instanceof CharacterCodingException) {
            return "is not text in the encoding of this system";
        }
        return systemReason(problem);
    }

    private static String systemReason(IOException problem) {
        String reason = problem instanceof FileSystemException known ? known.getReason() : problem.getMessage();
        return reason == null ? problem.getClass().getSimpleName() : reason;
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "the synced folder: " + reason : path + ": " + reason;
    }
}
