package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.putOne;
import static dev.dsync.storage.TestBlobs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A folder where there are no permissions, where folders cannot be brought to the disk, and where the disk is small. */
class FolderBackendInMemoryTest extends StorageBackendContract {

    private static final int DISK_BYTES = 4 << 20;

    private final FileSystem disk = Jimfs.newFileSystem(
            Configuration.windows().toBuilder().setMaxSize(DISK_BYTES).build());
    private final Path target = disk.getPath("C:\\work\\target");

    @Override
    protected StorageBackend open() throws IOException {
        return TestFolders.open(target);
    }

    @AfterEach
    void removeDisk() throws IOException {
        disk.close();
    }

    @Test
    void aFullDiskAsksForAPersonAndKeepsNothingOfTheFailedPut() throws IOException {
        StorageBackend backend = open();
        BlobAddress kept = putOne(backend, "kept");
        long filesBefore = countFiles();
        ByteBuffer half = ByteBuffer.allocate(DISK_BYTES / 2);

        assertThatThrownBy(() -> backend.put(List.of(half, half, half)))
                .isInstanceOf(TargetBlockedException.class)
                .hasMessageContaining("disk full")
                .hasMessageContaining("6,291,456 to write");

        assertThat(countFiles()).isEqualTo(filesBefore);
        assertThat(text(backend, kept, 0, 4)).isEqualTo("kept");
        backend.put(List.of(half));
    }

    @Test
    void aFullDiskKeepsTheRootItHas() throws IOException {
        StorageBackend backend = open();
        backend.root().write(TestBlobs.bytes("kept"));
        Path filler = target.resolveSibling("filler");
        long free = Files.getFileStore(target).getUsableSpace();
        Files.write(filler, new byte[(int) free - 10_000]);

        assertThatThrownBy(() -> backend.root().write(ByteBuffer.allocate(20_000)))
                .isInstanceOf(TargetBlockedException.class);

        assertThat(backend.root().read()).hasValue(TestBlobs.bytes("kept"));
    }

    private long countFiles() throws IOException {
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
