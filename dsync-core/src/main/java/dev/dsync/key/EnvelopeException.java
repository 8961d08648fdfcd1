package dev.dsync.key;

import java.io.IOException;

/** An envelope that does not open. The type says what to do next; the message holds no secret. */
public abstract sealed class EnvelopeException extends IOException
        permits EnvelopeNotOursException, EnvelopeDamagedException {

    EnvelopeException(String message) {
        super(message);
    }

    EnvelopeException(String message, Throwable cause) {
        super(message, cause);
    }
}
