package dev.dsync.storage;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * One target: keeps immutable blobs and says where it put them. This is all that dsync asks of a storage service.
 *
 * <p>A backend knows nothing of chunks, keys or the catalog, and it is never asked to list what it holds. One that can
 * list also implements {@link BlobLister}.
 *
 * <p>Safe for use by many threads. An address stays good until its blob is deleted, across restarts too. A put whose
 * reply is lost may leave a blob that nobody knows of: wasted space, never wrong data. Buffers given to {@link #put} are
 * only read, and their positions are left as they were, so the same buffers can be sent again or to another target.
 *
 * <p>To add a backend: implement these methods, subclass {@code StorageBackendContract} in a test, and register a
 * {@link StorageBackendProvider}. {@link MemoryBackend} is the smallest complete example.
 */
public interface StorageBackend extends Closeable {

    /** Who this target is; the same for as long as it exists. */
    TargetId id();

    /** What fails together with this target and what waits together with it. */
    Place place();

    /** Limits of the service as known now; a refusal may lower them. */
    BackendLimits limits();

    /** How long until a request may be sent; zero when one may be sent now. */
    Duration untilReady();

    /**
     * Stores each buffer's remaining bytes as one blob, all of them in one request, and says where, in the same order.
     * Returns once a crash can no longer lose them. Equal contents stored twice are two blobs. Either all are stored or
     * the call fails; what a failed call has stored is wasted space that nobody refers to.
     *
     * @param contents at least one blob of at least one byte each, within {@link #limits}
     * @throws IllegalArgumentException if there is no blob, or an empty one
     * @throws BlobTooLargeException if this is more than the limits allow, or than the service takes in spite of them;
     *     they have been lowered then
     */
    List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException;

    /**
     * Fills {@code target} with the blob's bytes from {@code offset} on. After a failure the target holds anything.
     *
     * @param address any address at all: one this target cannot have given is one of a blob that is not there
     * @param offset in bytes, zero or more
     * @throws BlobNotFoundException if there is no such blob, or it ends before {@code target} is full
     */
    void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException;

    /**
     * What was read from this address turned out to be damaged. Whatever is kept of the way there, such as a link or a
     * cache, is forgotten, so that the next read fetches the blob anew. Sends nothing, and any address will do.
     */
    default void distrust(BlobAddress address) {}

    /** The blob's size in bytes, found without reading it; empty if there is no such blob. */
    OptionalLong size(BlobAddress address) throws StorageException;

    /** Removes the blobs; those already gone are passed over. */
    void delete(Collection<BlobAddress> addresses) throws StorageException;

    /** The one small value that can be found knowing nothing but this target. */
    RootSlot root();

    /** Requests sent to the service so far by this object: what rate limits count. A local backend counts its calls. */
    long requests();

    /**
     * Uploads to this target whose reply was lost and that were made again, as far as this home remembers. Each may have
     * left blobs that nobody knows of.
     */
    default long uploadsRepeated() {
        return 0;
    }
}
