package dev.dsync.storage;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.random.RandomGenerator;

/** Folders opened as targets. */
final class TestFolders {

    private TestFolders() {}

    static FolderBackend open(Path folder) throws StorageException {
        return open(folder, true, Instant.now(), new SecureRandom());
    }

    static FolderBackend openUsed(Path folder) throws StorageException {
        return open(folder, false, Instant.now(), new SecureRandom());
    }

    static FolderBackend open(Path folder, boolean mayCreate, Instant now, RandomGenerator random)
            throws StorageException {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        Path home = folder.getParent();
        return FolderBackend.open(
                folder, new StorageBackendProvider.Surroundings(home, home, mayCreate, clock, random));
    }
}
