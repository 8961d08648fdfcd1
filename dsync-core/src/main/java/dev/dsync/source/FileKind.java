package dev.dsync.source;

/** What can be kept safe: these three and nothing else. */
public enum FileKind {
    /** A regular file. */
    FILE,
    /** A folder. */
    FOLDER,
    /** A symbolic link, itself: what it points at plays no part. */
    SYMLINK
}
