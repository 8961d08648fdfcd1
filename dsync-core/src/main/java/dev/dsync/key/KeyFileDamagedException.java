package dev.dsync.key;

/** What the file holds cannot be a key: bring back a good copy. */
public final class KeyFileDamagedException extends KeyFileException {

    KeyFileDamagedException(String message) {
        super(message);
    }
}
