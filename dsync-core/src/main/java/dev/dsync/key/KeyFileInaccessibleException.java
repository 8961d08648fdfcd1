package dev.dsync.key;

/** The file could not be read or written, or opened for want of memory: a person has to look at the machine. */
public final class KeyFileInaccessibleException extends KeyFileException {

    KeyFileInaccessibleException(String message) {
        super(message);
    }

    KeyFileInaccessibleException(String message, Throwable cause) {
        super(message, cause);
    }
}
