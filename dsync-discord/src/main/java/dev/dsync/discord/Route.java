package dev.dsync.discord;

/** What can be asked of Discord with a webhook URL. */
enum Route {
    DESCRIBE("the question which channel it posts to"),
    RENAME("a change of its name"),
    POST("an upload"),
    READ("a question for a message"),
    EDIT("a change of a message"),
    DELETE("the deletion of a message");

    private final String words;

    Route(String words) {
        this.words = words;
    }

    /** For people: what was asked. */
    String words() {
        return words;
    }

    /** Whether it is a message to the channel, of which only so many are taken in a minute. */
    boolean isMessage() {
        return this == POST || this == EDIT;
    }
}
