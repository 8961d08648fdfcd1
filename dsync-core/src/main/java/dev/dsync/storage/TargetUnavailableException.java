package dev.dsync.storage;

import java.time.Duration;

/** The target did not answer or asked to wait. Worth another try, no sooner than {@link #retryAfter}. */
public sealed class TargetUnavailableException extends StorageException permits UnusedTargetException {

    private final transient Duration retryAfter;

    public TargetUnavailableException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public TargetUnavailableException(String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long to wait before the same request is worth sending again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
