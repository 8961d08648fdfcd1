package dev.dsync.storage;

import static dev.dsync.storage.TestBlobs.putOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.storage.StorageBackendProvider.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderBackendProviderTest {

    @TempDir
    Path home;

    private final FolderBackendProvider provider = new FolderBackendProvider();

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(StorageBackendProvider.class))
                .hasAtLeastOneElementOfType(FolderBackendProvider.class);
    }

    @Test
    void understandsLinesOfItsKindOnly() {
        assertThat(provider.understands("file:storage")).isTrue();
        assertThat(provider.understands("file:")).isTrue();
        assertThat(provider.understands("https://example.org/file:x")).isFalse();
        assertThat(provider.understands("storage")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage", "~", "my disk", "100%41", "a:b", "file:", " x", "#1"})
    void takesTheNameAsItIsRelativeToTheHome(String name) throws IOException {
        open("file:" + name);

        assertThat(home.resolve(name).resolve("dsync-target")).isRegularFile();
    }

    @Test
    void knowsOneFolderByAllItsNames() throws IOException {
        TargetId id = open("file:storage").id();

        assertThat(open("file:storage/").id()).isEqualTo(id);
        assertThat(open("file:./storage").id()).isEqualTo(id);
        assertThat(open("file:" + home.resolve("storage")).id()).isEqualTo(id);
        assertThat(open("file://" + home.resolve("storage")).id()).isEqualTo(id);
        assertThat(open("file:other").id()).isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", "file:nul\0", "storage"})
    void refusesWhatNamesNoFolder(String line) {
        assertThatThrownBy(() -> open(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAFile() throws IOException {
        Files.createFile(home.resolve("storage"));

        assertThatThrownBy(() -> open("file:storage"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg", "blobs", ".profile"})
    void refusesAFolderWithForeignFiles(String name) throws IOException {
        Path folder = Files.createDirectory(home.resolve("storage"));
        Files.createFile(folder.resolve(name));

        assertThatThrownBy(() -> open("file:storage"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("name an empty folder");
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost+found", ".Trash-1000", "dsync-target.0123"})
    void takesAFolderThatIsAsGoodAsEmptyIntoUse(String name) throws IOException {
        Files.createDirectories(home.resolve("storage").resolve(name));

        putOne(open("file:storage"), "blob");
    }

    @Test
    void makesNoFolderThatTheVaultHasUsed() {
        assertThatThrownBy(() -> openUsed("file:storage"))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("mount");
        assertThat(home.resolve("storage")).doesNotExist();
    }

    @Test
    void takesNoEmptyFolderForOneThatTheVaultHasUsed() throws IOException {
        Files.createDirectory(home.resolve("storage"));

        assertThatThrownBy(() -> openUsed("file:storage")).isInstanceOf(TargetUnavailableException.class);
        assertThat(home.resolve("storage")).isEmptyDirectory();
    }

    @Test
    void makesOnlyTheLastFolderOfAPath() {
        assertThatThrownBy(() -> open("file:missing/storage"))
                .isInstanceOf(TargetUnavailableException.class)
                .hasMessageContaining("neither");
        assertThat(home.resolve("missing")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id: short\n", "id: 0123456789ABCDEF0123456789ABCDEF\n"})
    void asksForAPersonIfTheIdentityIsDamaged(String identity) throws IOException {
        open("file:storage");
        Files.writeString(home.resolve("storage/dsync-target"), identity);

        assertThatThrownBy(() -> open("file:storage"))
                .isInstanceOf(TargetBlockedException.class)
                .hasMessageContaining("dsync-target");
    }

    private StorageBackend open(String line) throws IOException {
        return provider.open(line, new Surroundings(home, home, true, Clock.systemUTC(), new SecureRandom()));
    }

    private StorageBackend openUsed(String line) throws IOException {
        return provider.open(line, new Surroundings(home, home, false, Clock.systemUTC(), new SecureRandom()));
    }
}
