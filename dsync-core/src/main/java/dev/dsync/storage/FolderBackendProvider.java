package dev.dsync.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens folders: lines of the form {@code file:DIR}. Everything after the colon is the folder's name as it is, spaces,
 * percent signs and {@code ~} included; one that is not absolute is relative to the home.
 */
public final class FolderBackendProvider implements StorageBackendProvider {

    private static final String PREFIX = "file:";

    @Override
    public boolean understands(String line) {
        return line.startsWith(PREFIX);
    }

    /**
     * Opens the folder. One that does not exist is made if its parent exists and {@code surroundings} allow it; an empty
     * one is taken into use.
     *
     * @throws IllegalArgumentException if no folder can have this name, or the folder holds files that are not dsync's
     */
    @Override
    public StorageBackend open(String line, Surroundings surroundings) throws StorageException {
        if (!understands(line) || line.length() == PREFIX.length()) {
            throw new IllegalArgumentException("a folder is named as file:DIR, found \"" + line + '"');
        }
        return FolderBackend.open(folder(line, surroundings.home()), surroundings);
    }

    /**
     * What stands in the way of taking a folder into use that is not a target yet, as the end of a sentence; empty if
     * nothing does as far as looking can tell. Changes nothing.
     */
    public static Optional<String> obstacle(Path folder) {
        return TargetFolder.obstacle(folder);
    }

    private static Path folder(String line, Path home) {
        try {
            return home.resolve(line.substring(PREFIX.length())).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no folder can have the name in \"" + line + "\": " + e.getReason(), e);
        }
    }
}
