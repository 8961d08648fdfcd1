package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every root slot promises: the part of {@link StorageBackendContract} that is about roots. */
abstract class RootSlotContract {

    protected abstract StorageBackend open() throws IOException;

    @Test
    void isEmptyAtFirst() throws IOException {
        try (StorageBackend backend = open()) {
            assertThat(backend.root().read()).isEmpty();
            assertThat(backend.root().capacity()).isPositive();
        }
    }

    @Test
    void isWhatWasWrittenLast() throws IOException {
        try (StorageBackend backend = open()) {
            backend.root().write(bytes("the first, longer one"));
            ByteBuffer second = bytes("..second..").position(2).limit(8);
            backend.root().write(second);

            assertThat(backend.root().read()).hasValue(bytes("second"));
            assertThat(second.position()).isEqualTo(2);
        }
    }

    @Test
    void survivesReopening() throws IOException {
        try (StorageBackend backend = open()) {
            backend.root().write(bytes("first"));
        }
        try (StorageBackend backend = open()) {
            assertThat(backend.root().read()).hasValue(bytes("first"));
            backend.root().write(bytes("second"));
        }
        try (StorageBackend backend = open()) {
            assertThat(backend.root().read()).hasValue(bytes("second"));
        }
    }

    @Test
    void takesItsWholeCapacity() throws IOException {
        try (StorageBackend backend = open()) {
            byte[] full = new byte[backend.root().capacity()];
            new Random(1).nextBytes(full);
            backend.root().write(ByteBuffer.wrap(full));

            assertThat(backend.root().read()).hasValue(ByteBuffer.wrap(full));
        }
    }

    @Test
    void tooLargeOrEmptyIsRefusedAndTheOldOneStays() throws IOException {
        try (StorageBackend backend = open()) {
            RootSlot root = backend.root();
            root.write(bytes("stays"));

            assertThatThrownBy(() -> root.write(ByteBuffer.allocate(root.capacity() + 1)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> root.write(bytes(""))).isInstanceOf(IllegalArgumentException.class);
            assertThat(root.read()).hasValue(bytes("stays"));
        }
    }

    @Test
    void isOutOfReachOfWhoReadOrWroteIt() throws IOException {
        try (StorageBackend backend = open()) {
            ByteBuffer written = bytes("the root");
            backend.root().write(written);
            written.put(0, (byte) 'X');
            ByteBuffer once = backend.root().read().orElseThrow();
            if (!once.isReadOnly()) {
                once.put(0, (byte) 'Y');
            }

            assertThat(backend.root().read()).hasValue(bytes("the root"));
        }
    }

    @Test
    void isNoBlobAndBlobsAreNoRoot() throws IOException {
        try (StorageBackend backend = open()) {
            BlobAddress address = putOne(backend, "blob");
            assertThat(backend.root().read()).isEmpty();
            backend.root().write(bytes("root"));

            backend.delete(List.of(address));

            assertThat(backend.root().read()).hasValue(bytes("root"));
        }
    }
}
