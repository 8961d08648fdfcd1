package dev.dsync.metadata;

/** An entry is sound JSON but says nothing that could be followed. */
final class SenselessEntryException extends Exception {

    private static final long serialVersionUID = 1;

    SenselessEntryException(String message) {
        super(message);
    }
}
