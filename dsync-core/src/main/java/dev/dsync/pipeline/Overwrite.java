package dev.dsync.pipeline;

/** What a restore does where a file already is. */
public enum Overwrite {
    /** Leaves it alone. */
    NEVER,
    /** Replaces it if it differs in size or time and is not newer than what would be restored. */
    CHANGED,
    /** Replaces it. */
    ALWAYS
}
