package dev.dsync.storage;

/** A person must act before anything more is sent to this service: a full disk, missing rights, an address that is blocked. */
public final class TargetBlockedException extends StorageException {

    public TargetBlockedException(String message) {
        super(message);
    }

    public TargetBlockedException(String message, Throwable cause) {
        super(message, cause);
    }
}
