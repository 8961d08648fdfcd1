package dev.dsync.storage;

import java.util.Optional;

/** What a backend adds when its blobs can be read with a link by whoever has it, for a while or for good. */
public interface BlobLinks {

    /** A link to the blob as last heard of, which may have ended; asks nobody. Empty if none is known. */
    Optional<String> knownLink(BlobAddress address);

    /**
     * A link that is good now.
     *
     * @throws BlobNotFoundException if there is no such blob
     */
    String freshLink(BlobAddress address) throws StorageException;
}
