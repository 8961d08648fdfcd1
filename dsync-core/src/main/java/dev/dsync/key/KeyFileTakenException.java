package dev.dsync.key;

/** The place already holds a key, and not the one to be written. Nothing was changed. */
public final class KeyFileTakenException extends KeyFileException {

    KeyFileTakenException(String message) {
        super(message);
    }
}
