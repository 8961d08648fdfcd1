package dev.dsync.discord;

/** What can be asked of Discord with a webhook URL. */
enum Route {
    DESCRIBE,
    RENAME,
    POST,
    READ,
    EDIT,
    DELETE;

    /** Whether it is a message to the channel, of which only so many are taken in a minute. */
    boolean isMessage() {
        return this == POST || this == EDIT;
    }
}
