package dev.dsync.cli;

import java.io.IOException;

/** What was asked for cannot be: an option that there is not, a path the vault does not know. */
final class UsageException extends IOException {

    private static final long serialVersionUID = 1;

    private final String code;

    /** Something is wrong with the words of the command. */
    UsageException(String message) {
        this("usage", message);
    }

    /**
     * Something is wrong with what the words mean.
     *
     * @param code what kind of thing, for programs
     */
    UsageException(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
