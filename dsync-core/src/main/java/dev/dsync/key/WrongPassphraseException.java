package dev.dsync.key;

/** The passphrase is not the one the key was protected with: ask again. */
public final class WrongPassphraseException extends KeyFileException {

    WrongPassphraseException(String message) {
        super(message);
    }
}
