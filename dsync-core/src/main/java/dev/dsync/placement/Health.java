package dev.dsync.placement;

/** How a target of the pool is doing in this run. */
public enum Health {
    /** Takes work. */
    READY,
    /** Failed too often in a row, or could not be opened: left alone until the next run. */
    UNREACHABLE,
    /** Refuses until a person acts: left alone until the next run. */
    BLOCKED,
    /** Gone for good. */
    RETIRED
}
