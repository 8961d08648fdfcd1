package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {

    @TempDir
    Path root;

    @Test
    void comesToEveryFolderInTheOrderOfPaths() throws IOException {
        write("b/x", "a b/x", "a/c/y", "a/x", "a-/x", "z");
        Walked walked = Walked.through(root);
        assertThat(walked.folders().keySet()).containsExactly("", "a", "a/c", "a b", "a-", "b");
        assertThat(walked.paths()).containsExactly("z", "a/x", "a/c/y", "a b/x", "a-/x", "b/x");
        assertThat(walked.folder("a").subfolders()).containsExactly("c");
        assertThat(walked.folders().keySet().stream().map(RelativePath::of)).isSorted();
    }

    @Test
    void endsWithWords() throws IOException {
        SourceWalk walk = new SourceTree(root, ExcludeRules.NONE, List.of()).walk();
        assertThatIllegalStateException().isThrownBy(() -> walk.fate(RelativePath.of("a"), FileKind.FILE));
        walk.next();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(walk::next);
    }

    @Test
    void keepsEveryNameAsItIs() throws IOException {
        List<String> names = List.of(
                " ",
                " a",
                "-rf",
                "a ",
                "a\nb",
                "a\tb",
                "a\"b",
                "a\\b",
                "a\u202etxt.exe",
                "e\u0301",
                "\u00e9",
                "CON",
                "a.",
                "\ud83d\ude00",
                "n".repeat(255),
                "\u4e2d".repeat(85),
                "%41",
                "*",
                "$(x)",
                "\u0007",
                "\ufeff");
        for (String name : names) {
            Files.writeString(root.resolve(name), name);
        }
        Walked walked = Walked.through(root);
        assertThat(walked.paths()).containsExactlyInAnyOrderElementsOf(names);
        for (SourceFile file : walked.files()) {
            try (var channel = file.open()) {
                assertThat(channel.size()).isEqualTo(file.meta().size()).isPositive();
            }
        }
    }

    @Test
    void tellsAllThatIsKept() throws IOException {
        Instant modified = Instant.ofEpochSecond(1_600_000_000, 987_654_321);
        Path file = Files.writeString(root.resolve("f"), "12345");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(file, FileTime.from(modified));
        FileMeta meta = Walked.through(root).file("f").meta();
        assertThat(meta.kind()).isEqualTo(FileKind.FILE);
        assertThat(meta.size()).isEqualTo(5);
        assertThat(meta.modified()).isEqualTo(modified);
        assertThat(meta.mode()).isEqualTo(0751);
        assertThat(meta.linkTarget()).isEmpty();
        assertThat(meta.changed()).isAfter(modified);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void neverFollowsLinks() throws Exception {
        write("a/x");
        Files.createSymbolicLink(root.resolve("a/loop"), Path.of(".."));
        Files.createSymbolicLink(root.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(root.resolve("folder"), root.resolve("a"));
        run("ln", "-s", "d\u00e9//n\u00f6where/", root.resolve("lost").toString());
        Walked walked = Walked.through(root);
        assertThat(walked.paths()).containsExactly("folder", "lost", "self", "a/loop", "a/x");
        assertThat(walked.file("a/loop").meta().kind()).isEqualTo(FileKind.SYMLINK);
        assertThat(walked.file("a/loop").meta().linkTarget()).contains("..");
        assertThat(walked.file("lost").meta().linkTarget()).contains("d\u00e9//n\u00f6where/");
        assertThat(walked.failures()).isEmpty();
    }

    @Test
    void theTreeItselfMayBeALink() throws IOException {
        write("real/x", "real/state/y");
        Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("real"));
        SourceTree tree = new SourceTree(link, ExcludeRules.NONE, List.of(link.resolve("state")));
        assertThat(Walked.through(tree).paths()).containsExactly("x");
        assertThat(tree.file(RelativePath.of("x")).meta().kind()).isEqualTo(FileKind.FILE);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void skipsWhatIsNoFile() throws Exception {
        write("x");
        int exit = new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                .start()
                .waitFor();
        assertThat(exit).isZero();
        SourceFolder folder = Walked.through(root).folder("");
        assertThat(folder.skipped()).containsExactly(new FileFailure("pipe", "is a named pipe"));
        assertThat(folder.failures()).isEmpty();
        assertThat(folder.files()).hasSize(1);
        assertThat(Walked.through(root, "pipe").folder("").excluded()).containsExactly("pipe");
    }

    @Test
    void listsAFolderWithManyFiles() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(root.resolve("file " + i));
        }
        Walked walked = Walked.through(root, "*7");
        assertThat(walked.files()).hasSize(18_000);
        assertThat(walked.folder("").excluded()).hasSize(2_000);
        assertThat(walked.files().stream().map(SourceFile::path)).isSorted();
    }

    @Test
    void goesDownFiveThousandLevels() throws IOException {
        int levels = 5_000;
        Disk endless = new Disk() {
            @Override
            public List<Path> list(Path folder) {
                return List.of(folder.resolve(folder.getNameCount() < root.getNameCount() + levels ? "d" : "x"));
            }

            @Override
            public FileMeta meta(Path path) throws IOException {
                String name = path.getFileName().toString();
                if (name.startsWith(".") || name.startsWith("CACHE")) {
                    throw new NoSuchFileException(name);
                }
                FileKind kind = name.equals("x") ? FileKind.FILE : FileKind.FOLDER;
                return new FileMeta(kind, 0, Instant.EPOCH, 0755, Optional.empty(), 1, Instant.EPOCH);
            }
        };
        Walked walked = Walked.through(new SourceTree(root, ExcludeRules.NONE, List.of(), endless));
        assertThat(walked.folders()).hasSize(levels + 1);
        assertThat(walked.paths()).containsExactly("d/".repeat(levels) + "x");
        assertThat(walked.fate("d/".repeat(levels) + "y")).isEqualTo(Fate.GONE);
    }

    @Test
    void tellsWhereAPathGetsTooLongForTheSystem() throws IOException {
        // Too long for any call, but reached step by step: as when a folder is moved into another.
        String half = ("0".repeat(200) + "/").repeat(15);
        write("x");
        Files.createDirectories(root.resolve("inner/" + half));
        Path outer = Files.createDirectories(root.resolve("outer/" + half));
        Path moved = Files.move(root.resolve("inner"), outer.resolve("inner"));
        try {
            Walked walked = Walked.through(root);
            assertThat(walked.paths()).containsExactly("x");
            assertThat(walked.failures()).hasSize(1);
            assertThat(walked.fate(walked.failures().get(0).path() + "/below")).isEqualTo(Fate.UNKNOWN);
            assertThat(walked.fate("y")).isEqualTo(Fate.GONE);
        } finally {
            Files.move(moved, root.resolve("inner"));
        }
    }

    @Test
    void runsOnWindowsToo() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path top = Files.createDirectories(windows.getPath("C:\\top"));
            Files.createDirectory(top.resolve("Sub"));
            Files.writeString(top.resolve("Sub\\a.txt"), "abc");
            SourceTree tree = new SourceTree(top, ExcludeRules.NONE, List.of(windows.getPath("C:\\TOP\\SUB\\state")));
            Files.createDirectory(top.resolve("Sub\\State"));
            Walked walked = Walked.through(tree);
            assertThat(walked.paths()).containsExactly("Sub/a.txt");
            assertThat(walked.folders().keySet()).containsExactly("", "Sub");
            assertThat(walked.file("Sub/a.txt").meta().mode()).isEqualTo(0644);
            assertThat(walked.file("Sub/a.txt")
                            .changedSince(walked.file("Sub/a.txt").meta()))
                    .isFalse();
        }
    }

    @Test
    void aMissingTreeIsSaidAtOnce() throws IOException {
        write("file");
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> Walked.through(root.resolve("none")))
                .withMessage("the synced folder: no such file any more");
        assertThatExceptionOfType(SourceException.class).isThrownBy(() -> Walked.through(root.resolve("file")));
    }

    @Test
    void findsOneFileButNothingBehindALink() throws IOException {
        write("a/b/x");
        Files.createSymbolicLink(root.resolve("link"), Path.of("a"));
        SourceTree tree = new SourceTree(root, ExcludeRules.NONE, List.of());
        assertThat(tree.file(RelativePath.of("a/b/x")).meta())
                .isEqualTo(Walked.through(tree).file("a/b/x").meta());
        assertThat(tree.file(RelativePath.of("link")).meta().linkTarget()).isEqualTo(Optional.of("a"));
        List<String> refused = new ArrayList<>(List.of("", "a", "a/b", "none", "a/none", "link/b/x", "a/b/x/y"));
        refused.removeIf(path -> isRefused(tree, path));
        assertThat(refused).isEmpty();
    }

    private static boolean isRefused(SourceTree tree, String path) {
        try {
            tree.file(RelativePath.of(path));
            return false;
        } catch (SourceException e) {
            return true;
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }

    private void write(String... paths) throws IOException {
        for (String path : paths) {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, path);
        }
    }
}
