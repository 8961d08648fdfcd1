package dev.dsync.storage;

/** The service refused a single blob for its size, and the backend's limits have been lowered: make smaller packs. */
public final class BlobTooLargeException extends StorageException {

    public BlobTooLargeException(String message) {
        super(message);
    }

    public BlobTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
