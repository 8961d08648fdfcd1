package dev.dsync.key;

/**
 * The envelope was sealed with another key: find the right key. (Damage to the salt or the commitment at its front looks
 * the same.)
 */
public final class EnvelopeNotOursException extends EnvelopeException {

    EnvelopeNotOursException(String message) {
        super(message);
    }
}
