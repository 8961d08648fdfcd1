package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.bytes;
import static dev.dsync.storage.TestBlobs.putOne;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a folder has acknowledged is on its disk: content before name, and names too. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "folders cannot be opened there")
class DurabilityTest {

    @TempDir
    private Path temporary;

    private Path home;
    private Path folder;
    private StorageBackend backend;

    @BeforeEach
    void openTarget() throws IOException {
        home = temporary.toRealPath();
        folder = home.resolve("target");
        backend = TestFolders.open(folder);
    }

    @Test
    void bytesOfABlobAreThereBeforeItHasItsNameAndTheNameBeforeItIsAcknowledged() throws IOException {
        List<Path> forced = Forced.below(folder, () -> putOne(backend, "content"));
        Path blob = onlyFileBelow(folder.resolve("blobs"));
        Path incoming = folder.resolve("incoming").resolve(blob.getFileName());
        assertThat(forced).containsSubsequence(incoming, blob.getParent());
    }

    @Test
    void newFoldersAreThereBeforeWhatLiesInThem() throws IOException {
        List<Path> forced = Forced.below(folder, () -> putOne(backend, "content"));
        Path shelf = onlyFileBelow(folder.resolve("blobs")).getParent();
        assertThat(forced).containsSubsequence(folder, folder.resolve("blobs"), shelf);
    }

    @Test
    void rootIsThereBeforeItTakesThePlaceOfTheOldOneAndThenTheNameToo() throws IOException {
        backend.root().write(bytes("old root"));
        List<Path> forced = Forced.below(folder, () -> backend.root().write(bytes("new root")));
        assertThat(forced).hasSize(2);
        assertThat(forced.get(0)).doesNotExist().hasParentRaw(folder.resolve("incoming"));
        assertThat(forced.get(1)).isEqualTo(folder);
    }

    @Test
    void markerOfANewTargetIsThereBeforeAnythingIsStored() throws IOException {
        Path other = home.resolve("other");
        List<Path> forced = Forced.below(home, () -> TestFolders.open(other));
        assertThat(forced).contains(home, other);
        assertThat(forced).anyMatch(path -> other.equals(path.getParent()) && !Files.exists(path));
    }

    private static Path onlyFileBelow(Path start) throws IOException {
        try (Stream<Path> paths = Files.walk(start)) {
            List<Path> files = paths.filter(Files::isRegularFile).toList();
            assertThat(files).hasSize(1);
            return files.get(0);
        }
    }
}
