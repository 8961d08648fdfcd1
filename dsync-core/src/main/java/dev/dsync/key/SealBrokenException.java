package dev.dsync.key;

import java.security.GeneralSecurityException;

/** Sealed bytes that were altered, cut off, or sealed with another key, nonce or associated data. Nothing tells which. */
public final class SealBrokenException extends GeneralSecurityException {

    SealBrokenException(String message) {
        super(message);
    }

    SealBrokenException(String message, Throwable cause) {
        super(message, cause);
    }
}
