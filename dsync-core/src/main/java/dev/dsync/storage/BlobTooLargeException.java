package dev.dsync.storage;

/**
 * More than one request takes. Ask for the backend's limits again, a refusal of the service has lowered them: what fits
 * them now may be sent again, a blob that does not must become smaller ones.
 */
public final class BlobTooLargeException extends StorageException {

    public BlobTooLargeException(String message) {
        super(message);
    }

    public BlobTooLargeException(String message, Throwable cause) {
        super(message, cause);
    }
}
