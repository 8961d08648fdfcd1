package dev.dsync.source;

import java.io.IOException;

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
        return new FileFailure(path.value(), FileProblem.inWords(problem));
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "the synced folder: " + reason : path + ": " + reason;
    }
}
