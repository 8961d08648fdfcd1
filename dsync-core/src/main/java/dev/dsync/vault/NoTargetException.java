package dev.dsync.vault;

import java.io.IOException;

/** Not one target can be reached. Nothing is lost; the same command can be given again later. */
public final class NoTargetException extends IOException {

    private static final long serialVersionUID = 1;

    public NoTargetException(String message) {
        super(message);
    }

    public NoTargetException(String message, NoTargetException cause) {
        super(message, cause);
    }
}
