package dev.dsync.codec;

import java.io.IOException;

/**
 * Stored bytes that are not what a codec once made of a chunk of the recorded length. Trying again does not help;
 * another copy may.
 */
public final class CorruptChunkException extends IOException {

    /** Says what was found and what was wanted. */
    public CorruptChunkException(String message) {
        super(message);
    }

    /** Says what was found and what was wanted, and what noticed. */
    public CorruptChunkException(String message, Throwable cause) {
        super(message, cause);
    }
}
