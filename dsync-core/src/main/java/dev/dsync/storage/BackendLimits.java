package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What one request to a backend may carry.
 *
 * @param maxBlobBytes the largest blob, in bytes
 * @param maxBlobsPerRequest the most blobs one {@link StorageBackend#put} takes
 * @param maxRequestBytes the most bytes all blobs of one put may have together
 */
public record BackendLimits(int maxBlobBytes, int maxBlobsPerRequest, long maxRequestBytes) {

    public BackendLimits {
        if (maxBlobBytes < 1 || maxBlobsPerRequest < 1 || maxRequestBytes < maxBlobBytes) {
            throw new IllegalArgumentException("impossible limits: " + maxBlobBytes + " bytes a blob, "
                    + maxBlobsPerRequest + " blobs and " + maxRequestBytes + " bytes a request");
        }
    }

    /**
     * Refuses what {@link StorageBackend#put} must refuse before it sends anything.
     *
     * @throws IllegalArgumentException if there is no blob, or one without any byte
     * @throws BlobTooLargeException if one request does not take all this
     */
    public void check(List<ByteBuffer> contents) throws BlobTooLargeException {
        if (contents.isEmpty()) {
            throw new IllegalArgumentException("a put needs at least one blob");
        }
        long bytes = 0;
        int largest = 0;
        for (ByteBuffer content : contents) {
            if (!content.hasRemaining()) {
                throw new IllegalArgumentException("a blob has at least one byte");
            }
            bytes += content.remaining();
            largest = Math.max(largest, content.remaining());
        }
        if (largest > maxBlobBytes || contents.size() > maxBlobsPerRequest || bytes > maxRequestBytes) {
            throw new BlobTooLargeException(contents.size() + " blobs of " + bytes + " bytes, the largest of " + largest
                    + ", are more than " + this + " allows");
        }
    }
}
