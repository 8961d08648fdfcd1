package dev.dsync.vault;

import java.nio.file.Path;

/**
 * The folder a user runs dsync in, and what lies where in it.
 *
 * @param folder the home itself, absolute
 */
public record Home(Path folder) {

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** The tree that is kept safe unless set otherwise. */
    public Path syncedFolder() {
        return folder.resolve("d-synced");
    }

    /** One target a line. */
    public Path targetLines() {
        return folder.resolve("webhooks.txt");
    }

    /** The vault's key. */
    public Path keyFile() {
        return folder.resolve(".encryption_key");
    }

    /** What can be deleted and is made anew from the targets: catalog, locks, rate windows. */
    public Path state() {
        return folder.resolve(".dsync");
    }

    /** Logs, as the original program kept them. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** The folder target that is used when {@code webhooks.txt} names none. */
    public Path localStorage() {
        return folder.resolve("storage");
    }

    /** What the vault holds, as the original program lists files. */
    public Path filesJson() {
        return folder.resolve("files.json");
    }

    /** What the vault holds, as the original program lists folders. */
    public Path foldersJson() {
        return folder.resolve("folders.json");
    }

    /** Settings; optional. */
    public Path settingsFile() {
        return folder.resolve("dsync.toml");
    }
}
