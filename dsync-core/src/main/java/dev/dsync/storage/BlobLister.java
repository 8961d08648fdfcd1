package dev.dsync.storage;

import java.io.Closeable;
import java.time.Instant;
import java.util.Iterator;

/** What a backend adds when its service can list: all its blobs, so that those nobody refers to can be freed. */
public interface BlobLister {

    /** A blob that lies on the target. */
    record ListedBlob(BlobAddress address, long bytes, Instant stored) {}

    /**
     * A listing under way, for one thread; it does not hold all blobs in memory. Its {@code hasNext} and {@code next}
     * throw {@link java.io.UncheckedIOException}, with a {@link StorageException} as its cause, when the target fails.
     */
    interface Listing extends Iterator<ListedBlob>, Closeable {}

    /** All blobs there are, in no particular order; one stored or deleted meanwhile may or may not be among them. */
    Listing list() throws StorageException;
}
