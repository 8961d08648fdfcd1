package dev.dsync.key;

import java.io.IOException;

/**
 * Trouble with the key file. The type says what to do next; the message says which file, what was found and what a
 * person can do, and holds nothing of the key or the passphrase.
 */
public abstract sealed class KeyFileException extends IOException
        permits KeyFileMissingException,
                KeyFileTakenException,
                KeyFileDamagedException,
                KeyFileInaccessibleException,
                WrongPassphraseException {

    KeyFileException(String message) {
        super(message);
    }

    KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
