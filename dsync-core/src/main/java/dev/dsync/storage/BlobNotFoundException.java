package dev.dsync.storage;

/** The blob is not there, or not all of it. Look for another copy; asking again does not help. */
public final class BlobNotFoundException extends StorageException {

    public BlobNotFoundException(String message) {
        super(message);
    }

    public BlobNotFoundException(String message, Throwable cause) {
        super(message, cause);
    }
}
