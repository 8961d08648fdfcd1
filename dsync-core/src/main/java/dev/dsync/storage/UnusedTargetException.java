package dev.dsync.storage;

import java.time.Duration;

/** The target was never used and is not there yet: nothing is lost. A sync makes it. */
public final class UnusedTargetException extends TargetUnavailableException {

    private static final long serialVersionUID = 1;

    public UnusedTargetException(String message, Throwable cause) {
        super(message, Duration.ZERO, cause);
    }
}
