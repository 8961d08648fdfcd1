package dev.dsync.storage;

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
}
