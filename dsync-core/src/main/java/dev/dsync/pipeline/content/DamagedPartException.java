package dev.dsync.pipeline.content;

import java.io.IOException;

/** What lies on a target is not the part of a classic file that was stored there. */
final class DamagedPartException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedPartException(String message) {
        super(message);
    }
}
