package dev.dsync.storage;

import java.io.IOException;

/**
 * A request to a target that failed. The type says what to do next; the message, without any secret, says where it
 * failed, what was found and what a person can do.
 */
public abstract sealed class StorageException extends IOException
        permits TargetUnavailableException,
                BlobNotFoundException,
                BlobTooLargeException,
                TargetGoneException,
                TargetBlockedException {

    StorageException(String message) {
        super(message);
    }

    StorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
