package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the limits of every backend promise: the part of {@link StorageBackendContract} that is about them. */
abstract class BackendLimitsContract {

    /** The largest limit that a test fills to the brim. */
    private static final int AFFORDABLE_BYTES = 64 << 20;

    protected abstract StorageBackend open() throws IOException;

    @Test
    void ofOneBlobAreTaken() throws IOException {
        try (StorageBackend backend = open()) {
            int largest = backend.limits().maxBlobBytes();
            assumeThat(largest).isLessThanOrEqualTo(AFFORDABLE_BYTES);

            BlobAddress address =
                    backend.put(List.of(ByteBuffer.allocate(largest))).get(0);

            assertThat(backend.size(address)).hasValue(largest);
        }
    }

    @Test
    void ofOneRequestAreTaken() throws IOException {
        try (StorageBackend backend = open()) {
            int most = backend.limits().maxBlobsPerRequest();
            assumeThat(most).isLessThanOrEqualTo(1000);

            assertThat(backend.put(Collections.nCopies(most, bytes("b"))))
                    .doesNotHaveDuplicates()
                    .hasSize(most);
        }
    }

    @Test
    void exceededBySizeAreTooLarge() throws IOException {
        try (StorageBackend backend = open()) {
            int largest = backend.limits().maxBlobBytes();
            assumeThat(largest).isLessThanOrEqualTo(AFFORDABLE_BYTES);

            assertThatThrownBy(() -> backend.put(List.of(ByteBuffer.allocate(largest + 1))))
                    .isInstanceOf(BlobTooLargeException.class);
        }
    }

    @Test
    void exceededByNumberAreTooLarge() throws IOException {
        try (StorageBackend backend = open()) {
            int most = backend.limits().maxBlobsPerRequest();
            assumeThat(most).isLessThanOrEqualTo(1000);

            assertThatThrownBy(() -> backend.put(Collections.nCopies(most + 1, bytes("b"))))
                    .isInstanceOf(BlobTooLargeException.class);
        }
    }

    @Test
    void exceededByAllTogetherAreTooLarge() throws IOException {
        try (StorageBackend backend = open()) {
            BackendLimits limits = backend.limits();
            long count = limits.maxRequestBytes() / limits.maxBlobBytes() + 1;
            assumeThat(limits.maxRequestBytes()).isLessThanOrEqualTo(AFFORDABLE_BYTES);
            assumeThat(count).isLessThanOrEqualTo(limits.maxBlobsPerRequest());
            ByteBuffer largest = ByteBuffer.allocate(limits.maxBlobBytes());

            assertThatThrownBy(() -> backend.put(Collections.nCopies((int) count, largest)))
                    .isInstanceOf(BlobTooLargeException.class);
        }
    }
}
