package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.FaultyBackend.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FaultyBackendTest extends StorageBackendContract {

    private final MemoryBackend inner =
            new MemoryBackend(new TargetId("memory:test"), new BackendLimits(1 << 20, 10, 4 << 20));

    /** Without a script it keeps every promise. */
    @Override
    protected StorageBackend open() {
        return new FaultyBackend(inner);
    }

    @Test
    void failsOnceWhereTheScriptSays() throws IOException {
        FaultyBackend backend = new FaultyBackend(inner).at(Operation.PUT, 2, Fault.UNAVAILABLE);
        putOne(backend, "1");

        assertThatThrownBy(() -> putOne(backend, "2")).isInstanceOf(TargetUnavailableException.class);

        putOne(backend, "3");
        assertThat(backend.calls(Operation.PUT)).isEqualTo(3);
        assertThat(inner.requests()).isEqualTo(2);
    }

    @Test
    void goesOnFailingUntilHealed() throws IOException {
        FaultyBackend backend = new FaultyBackend(inner).always(Fault.GONE);
        assertThatThrownBy(() -> putOne(backend, "1")).isInstanceOf(TargetGoneException.class);
        assertThatThrownBy(() -> backend.root().read()).isInstanceOf(TargetGoneException.class);

        backend.heal();

        putOne(backend, "2");
    }

    @Test
    void aLostReplyHasStoredTheBlob() throws IOException {
        FaultyBackend backend = new FaultyBackend(inner).at(Operation.PUT, 1, Fault.LOST_REPLY);

        assertThatThrownBy(() -> putOne(backend, "orphan")).isInstanceOf(TargetUnavailableException.class);

        assertThat(text(inner, new BlobAddress("0"), 0, 6)).isEqualTo("orphan");
    }

    @Test
    void aRefusalForSizeLowersTheLimits() throws IOException {
        FaultyBackend backend = new FaultyBackend(inner).at(Operation.PUT, 1, Fault.TOO_LARGE);

        assertThatThrownBy(() -> putOne(backend, "12345678")).isInstanceOf(BlobTooLargeException.class);

        assertThat(backend.limits().maxBlobBytes()).isEqualTo(4);
        assertThatThrownBy(() -> putOne(backend, "12345678")).isInstanceOf(BlobTooLargeException.class);
        putOne(backend, "1234");
    }

    @Test
    void flipsOneBitOrCutsShortWhatIsRead() throws IOException {
        FaultyBackend backend = new FaultyBackend(inner)
                .at(Operation.READ, 1, Fault.BIT_FLIP)
                .at(Operation.READ, 2, Fault.TRUNCATED)
                .at(Operation.READ_ROOT, 1, Fault.BIT_FLIP);
        BlobAddress address = putOne(backend, "aaaa");
        backend.root().write(bytes("aaaa"));

        assertThat(text(backend, address, 0, 4)).isEqualTo("aa`a");
        ByteBuffer cut = ByteBuffer.allocate(4);
        assertThatThrownBy(() -> backend.read(address, 0, cut)).isInstanceOf(BlobNotFoundException.class);
        assertThat(cut.array()).containsExactly('a', 'a', 0, 0);
        assertThat(backend.root().read()).hasValue(bytes("aa`a"));
        assertThat(backend.root().read()).hasValue(bytes("aaaa"));
        assertThat(text(backend, address, 0, 4)).isEqualTo("aaaa");
    }
}
