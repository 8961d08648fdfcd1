package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskFullTest {

    @Test
    void fileThatFillsTheDiskLeavesNothingAndSaysWhy() throws IOException {
        try (FileSystem small = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setBlockSize(1024)
                .setMaxSize(64 << 10)
                .build())) {
            Path root = small.getPath("/synced");
            try (Arrival arrival = new Arrival(root, "1")) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                arrival.write(ByteBuffer.allocate(1024));
                            }
                        })
                        .isInstanceOfSatisfying(
                                IOException.class,
                                failure -> assertThat(Failure.of(failure))
                                        .isEqualTo(new Failure(
                                                507,
                                                "disk_full",
                                                "the disk is full: free some space, then try again")));
            }
            try (var left = Files.list(root)) {
                assertThat(left).isEmpty();
            }
            try (Arrival arrival = new Arrival(root, "2")) {
                arrival.write(ByteBuffer.allocate(1024));
                arrival.land(RelativePath.of("d/fits"));
            }
            assertThat(Files.size(root.resolve("d/fits"))).isEqualTo(1024);
        }
    }
}
