package dev.dsync.storage;

/** This target is gone for good: retire it, tell the user, go on with the others. */
public final class TargetGoneException extends StorageException {

    public TargetGoneException(String message) {
        super(message);
    }

    public TargetGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
