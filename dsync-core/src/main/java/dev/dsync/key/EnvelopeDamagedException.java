package dev.dsync.key;

/**
 * The envelope cannot be what was sealed: cut off, altered, meant to be something else or for another vault, or of a
 * version this program does not know. Read another copy.
 */
public final class EnvelopeDamagedException extends EnvelopeException {

    EnvelopeDamagedException(String message) {
        super(message);
    }

    EnvelopeDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
