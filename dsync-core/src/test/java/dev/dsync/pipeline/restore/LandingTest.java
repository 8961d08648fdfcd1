package dev.dsync.pipeline.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever names a catalog holds, a restore stays within its folder. */
class LandingTest {

    @TempDir
    private Path temp;

    private Path outside;
    private Path root;
    private Landing landing;

    @BeforeEach
    void makeFolder() throws IOException {
        outside = Files.createDirectory(temp.resolve("outside"));
        root = temp.toRealPath().resolve("root");
        landing = new Landing(root, true);
    }

    private void refused(String words, Landing where, String path) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> where.place(RelativePath.of(path)))
                .withMessageContaining(words);
    }

    @Test
    void pathLandsBeneathTheFolderAndItsParentsAreMade() throws IOException {
        assertThat(landing.place(RelativePath.of("a/b/c"))).isEqualTo(root.resolve("a/b/c"));
        assertThat(root.resolve("a/b")).isDirectory();
        assertThat(root.resolve("a/b/c")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../x", "a/../../x", "a/..", "/etc/passwd", "a//b", "a/", "a\0b"})
    void pathThatLeadsAnywhereElseIsNoPath(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> RelativePath.of(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "/etc", "a\0b"})
    void nameThatIsNoSingleNameIsRefusedEvenHere(String name) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> landing.child(root, name))
                .withMessageContaining("would lead outside the folder");
    }

    @Test
    void linkOnTheWayIsNeverFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside);
        refused("a symbolic link is in the way at link", landing, "link/child");
        refused("a symbolic link is in the way at link", landing, "link/deeper/child");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> landing.existing(RelativePath.of("link/child")))
                .withMessageContaining("a symbolic link is in the way at link");
        assertThat(Files.list(outside)).isEmpty();
    }

    @Test
    void linkThatTookAFoldersPlaceIsFoundOnceLandingForgets() throws IOException {
        landing.place(RelativePath.of("folder/child"));
        Files.delete(root.resolve("folder"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        landing.forget();
        refused("a symbolic link is in the way at folder", landing, "folder/child");
    }

    @Test
    void danglingLinkOnTheWayIsRefusedToo() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("nosuch"));
        refused("a symbolic link is in the way at link", landing, "link/child");
        assertThat(outside.resolve("nosuch")).doesNotExist();
    }

    @Test
    void fileOnTheWayIsNoFolder() throws IOException {
        Files.createFile(root.resolve("file"));
        refused("a file is in the way at file, where a folder belongs", landing, "file/child");
    }

    @Test
    void folderItselfMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), outside);
        assertThat(new Landing(link, true).place(RelativePath.of("x")))
                .isEqualTo(outside.toRealPath().resolve("x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"con", "NUL.txt", "ends.", "ends ", "a:b", "a\\b", "-rf", "*", "\u202etxt.exe", "new\nline"})
    void namesThatOnlyOtherSystemsMindLandHereAsTheyAre(String name) throws IOException {
        Path place = landing.place(RelativePath.of(name));
        Files.createFile(place);
        assertThat(root.toFile().list()).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "con",
                "CON",
                "nul.txt",
                "NUL.tar.gz",
                "aux ",
                "Com1",
                "lpt9.x",
                "com\u00b9",
                "CONIN$",
                "ends.",
                "ends ",
                "...",
                "a:stream",
                "C:",
                "a\\b",
                "..\\x",
                "\\x",
                "what?",
                "a|b"
            })
    void namesThatWindowsTakesOtherwiseAreRefusedThere(String name) throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.windows())) {
            Landing windows = new Landing(disk.getPath("C:\\back"), true);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> windows.place(RelativePath.of(name)))
                    .withMessageContaining(name);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> windows.place(RelativePath.of(name + "/child")));
            try (Stream<Path> made = Files.list(disk.getPath("C:\\back"))) {
                assertThat(made).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"console", "nullable.txt", "com10", "com", ".hidden", "a.b.c"})
    void namesThatOnlyLookAlikeAreFineOnWindows(String name) throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.windows())) {
            Landing windows = new Landing(disk.getPath("C:\\back"), true);
            assertThat(windows.place(RelativePath.of(name))).isEqualTo(disk.getPath("C:\\back", name));
        }
    }

    @Test
    void foldersThatDifferOnlyInCaseDoNotMergeWhereCaseDoesNotCount() throws IOException {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.windows())) {
            Landing windows = new Landing(disk.getPath("C:\\back"), true);
            windows.place(RelativePath.of("Photos/a"));
            refused("differs only in case from \"Photos\"", windows, "photos/a");
        }
    }

    @Test
    void filesThatDifferOnlyInCaseDoNotReplaceEachOtherWhereCaseDoesNotCount() throws Exception {
        MemoryBackend target = new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20));
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.windows());
                TestVault home = new TestVault(temp.resolve("home"), 1, target)) {
            Files.writeString(home.synced().resolve("Notes"), "one");
            Files.writeString(home.synced().resolve("notes"), "another");
            home.sync();
            RestoreReport report = home.restore(disk.getPath("C:\\back"));
            assertThat(report.restored()).isEqualTo(1);
            assertThat(report.failed())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure.reason()).contains("differs only in case"));
        }
    }
}
