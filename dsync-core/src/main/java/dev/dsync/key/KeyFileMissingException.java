package dev.dsync.key;

/** There is no key file: bring the one that belongs to the vault. */
public final class KeyFileMissingException extends KeyFileException {

    KeyFileMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
