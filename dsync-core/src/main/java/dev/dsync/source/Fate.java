package dev.dsync.source;

/** What became of a path that a walk was expected to find and did not. */
public enum Fate {
    /** It is not there any more. */
    GONE,
    /** It is left out by rules: it may be there or not. */
    EXCLUDED,
    /** It, or a folder above it, could not be read: it may be there or not. */
    UNKNOWN
}
