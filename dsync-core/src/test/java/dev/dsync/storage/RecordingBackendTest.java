package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingBackendTest extends StorageBackendContract {

    private static final BackendLimits LIMITS = new BackendLimits(1 << 20, 10, 4 << 20);

    private final WriteLog log = new WriteLog();
    private final RecordingBackend one = new RecordingBackend(new TargetId("memory:one"), LIMITS, log);
    private final RecordingBackend two = new RecordingBackend(new TargetId("memory:two"), LIMITS, log);

    @Override
    protected StorageBackend open() {
        return one;
    }

    @Test
    void replaysAnyNumberOfWritesAtTheSameAddresses() throws IOException {
        BlobAddress first = putOne(one, "first");
        BlobAddress second = putOne(two, "second");
        one.root().write(bytes("root"));
        one.delete(List.of(first));

        assertThat(log.writes()).hasSize(4);
        assertThat(log.after(0).get(one.id()).size(first)).isEmpty();
        MemoryBackend beforeRoot = log.after(2).get(one.id());
        assertThat(text(beforeRoot, first, 0, 5)).isEqualTo("first");
        assertThat(beforeRoot.root().read()).isEmpty();
        assertThat(log.after(3).get(one.id()).root().read()).hasValue(bytes("root"));
        assertThat(log.after(4).get(one.id()).size(first)).isEmpty();
        assertThat(text(log.after(4).get(two.id()), second, 0, 6)).isEqualTo("second");
    }

    @Test
    void replayedTargetsGiveNoAddressTwice() throws IOException {
        BlobAddress gone = putOne(one, "gone");
        one.delete(List.of(gone));

        assertThat(putOne(log.after(2).get(one.id()), "new")).isNotEqualTo(gone);
    }
}
