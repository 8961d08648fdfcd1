package dev.dsync.placement;

/**
 * How many bytes of blobs may be sent to all targets together, and fetched from them, in a second; 0 for as many as
 * possible. Roots and what a service's own protocol adds are not counted.
 */
public record TransferRates(long uploadBytesPerSecond, long downloadBytesPerSecond) {

    /** As fast as possible. */
    public static final TransferRates UNLIMITED = new TransferRates(0, 0);

    public TransferRates {
        if (uploadBytesPerSecond < 0 || downloadBytesPerSecond < 0) {
            throw new IllegalArgumentException("bytes a second cannot be negative: " + uploadBytesPerSecond + " up, "
                    + downloadBytesPerSecond + " down");
        }
    }
}
