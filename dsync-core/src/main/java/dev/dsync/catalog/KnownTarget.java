package dev.dsync.catalog;

import dev.dsync.storage.TargetId;

/**
 * A target the catalog remembers, whether or not a line of {@code webhooks.txt} names it today.
 *
 * @param id who it is
 * @param state whether it counts
 * @param packs how many packs have a copy on it
 * @param bytes what those copies have together
 */
public record KnownTarget(TargetId id, State state, long packs, long bytes) {

    /** Whether the packs on a target count as held. */
    public enum State {
        /** In use. */
        ACTIVE,
        /** Gone for good: what lies there counts as lost. */
        RETIRED
    }
}
