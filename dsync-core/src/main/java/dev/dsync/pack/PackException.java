package dev.dsync.pack;

import java.io.IOException;

/**
 * Bytes that cannot be read as the pack they should be. The type says what to do next; the message says where it
 * happened, what was found and what was wanted.
 */
public abstract sealed class PackException extends IOException
        permits DamagedPackException, ForeignPackException, UnknownPackVersionException {

    PackException(String message) {
        super(message);
    }

    PackException(String message, Throwable cause) {
        super(message, cause);
    }
}
