package dev.dsync.pipeline.content;

import java.io.IOException;

/** A part of a file in the classic layout has no copy that can be read and is what was stored. */
public final class UnreadablePartException extends IOException {

    private static final long serialVersionUID = 1;

    UnreadablePartException(String message, Throwable cause) {
        super(message, cause);
    }
}
