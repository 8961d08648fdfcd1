package dev.dsync.vault;

import dev.dsync.catalog.Catalog;
import dev.dsync.pipeline.parts.HomeFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Which folder a home keeps safe. */
final class SyncedFolder {

    private final Catalog catalog;
    private final Home home;

    SyncedFolder(Catalog catalog, Home home) {
        this.catalog = catalog;
        this.home = home;
    }

    /**
     * The one that the first sync recorded. For a home that has none recorded, the default if it is there; else the one
     * that the vault remembers of this machine, for the state may be lost; else the default after all.
     */
    Path path() {
        return remembered().orElse(home.syncedFolder());
    }

    /** As {@link #path()}; empty if nothing but the default is left. */
    Optional<Path> remembered() {
        Optional<Path> recorded = new HomeFacts(catalog.home()).folder();
        if (recorded.isPresent() || Files.isDirectory(home.syncedFolder())) {
            return recorded;
        }
        return new KnownWriters(catalog).onlyFolder(HostName.here());
    }

    /**
     * Records it.
     *
     * @param replace whether another folder than the recorded one is meant to take its place
     * @throws ConfigurationException if another one is recorded and not to be replaced, or this is no folder, or one of
     *     dsync's own places
     */
    void choose(Path folder, boolean replace, OwnPlaces ownPlaces) throws ConfigurationException {
        Path absolute = folder.toAbsolutePath().normalize();
        HomeFacts facts = new HomeFacts(catalog.home());
        Optional<Path> recorded = facts.folder();
        if (recorded.isPresent() && !recorded.get().equals(absolute) && !replace) {
            throw new ConfigurationException("this home keeps " + recorded.get() + " safe, not " + absolute
                    + ". If the other folder is to take its place, add --replace-folder");
        }
        requireThere(absolute);
        ownPlaces.requireOutside(absolute, "the synced folder");
        facts.setFolder(absolute);
        catalog.flush();
    }

    /** @throws ConfigurationException if the folder is not there, or is no folder */
    static void requireThere(Path folder) throws ConfigurationException {
        if (!Files.isDirectory(folder)) {
            throw new ConfigurationException(
                    Files.exists(folder)
                            ? "the synced folder " + folder + " is a file. Give the folder that it lies in"
                            : "the synced folder " + folder
                                    + " is not there. Make it, mount its disk, or give --folder");
        }
    }
}
