package dev.dsync.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.Forced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A key is on the disk before anything is sealed with it: its bytes first, then its name. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "folders cannot be opened there")
class KeyDurabilityTest {

    @TempDir
    private Path temporary;

    private Path home;

    @BeforeEach
    void resolveLinks() throws IOException {
        home = temporary.toRealPath();
    }

    @Test
    void newOneIsBroughtToTheDisk() throws IOException {
        Path file = home.resolve("key");
        requireBytesThenName(Forced.below(home, () -> PrivateFile.create(file, new byte[] {1})));
        assertThat(file).hasBinaryContent(new byte[] {1});
    }

    @Test
    void replacedOneIsBroughtToTheDisk() throws IOException {
        Path file = Files.write(home.resolve("key"), new byte[] {1});
        requireBytesThenName(Forced.below(home, () -> PrivateFile.replace(file, new byte[] {2})));
        assertThat(file).hasBinaryContent(new byte[] {2});
    }

    private void requireBytesThenName(List<Path> forced) {
        assertThat(forced).hasSize(2);
        assertThat(forced.get(0)).doesNotExist().hasParentRaw(home);
        assertThat(forced.get(1)).isEqualTo(home);
    }
}
