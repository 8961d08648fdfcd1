package dev.dsync.web;

import dev.dsync.storage.FolderBackendProvider;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.StorageException;

/** Folders as targets, with something between them and their users. */
abstract class WatchedFolders implements StorageBackendProvider {

    private final StorageBackendProvider folders = new FolderBackendProvider();

    /** What is used in the folder's place. */
    abstract ForwardingBackend watch(StorageBackend folder);

    @Override
    public final boolean understands(String line) {
        return folders.understands(line);
    }

    @Override
    public final StorageBackend open(String line, Surroundings surroundings) throws StorageException {
        return watch(folders.open(line, surroundings));
    }
}
