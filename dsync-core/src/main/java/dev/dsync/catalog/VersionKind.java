package dev.dsync.catalog;

/** What a version says of its path. */
public enum VersionKind {
    /** A file with content. */
    FILE,
    /** A folder; kept so that empty folders, modes and times come back. */
    FOLDER,
    /** A symbolic link, with the text it holds. */
    SYMLINK,
    /** The path was deleted; its earlier versions stay. */
    DELETED
}
