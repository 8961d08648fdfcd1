package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.pipeline.parts.HomeFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which folder a home keeps safe, as far as its catalog remembers. */
final class FolderMemory {

    private FolderMemory() {}

    /**
     * The synced folder that the first sync recorded. For a home that has none recorded, the one that the vault remembers
     * of this machine, unless the home has the usual one: for the state may be lost.
     */
    static Optional<Path> of(Catalog catalog, Home home) {
        Optional<Path> recorded = new HomeFacts(catalog.home()).folder();
        if (recorded.isPresent() || Files.isDirectory(home.syncedFolder())) {
            return recorded;
        }
        return new KnownWriters(catalog).onlyFolder(HostName.here());
    }
}
