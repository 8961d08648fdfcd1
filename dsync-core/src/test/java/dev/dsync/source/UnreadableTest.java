package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and files that refuse, or change, while the walk is under way. */
class UnreadableTest {

    /** The real disk, except that what is asked of some paths does something else first. */
    private static final class TroubledDisk implements Disk {

        interface Trouble {
            void happen() throws IOException;
        }

        private final Disk real = new UnixDisk();
        private final Map<String, Trouble> onList = new HashMap<>();
        private final Map<String, Trouble> onMeta = new HashMap<>();

        @Override
        public List<Path> list(Path folder) throws IOException {
            cause(onList, folder);
            return real.list(folder);
        }

        @Override
        public FileMeta meta(Path path) throws IOException {
            cause(onMeta, path);
            return real.meta(path);
        }

        private static void cause(Map<String, Trouble> troubles, Path path) throws IOException {
            Trouble trouble = troubles.get(path.getFileName().toString());
            if (trouble != null) {
                trouble.happen();
            }
        }
    }

    @TempDir
    Path root;

    private final TroubledDisk disk = new TroubledDisk();

    @BeforeEach
    void grow() throws IOException {
        for (String path : List.of("a/x", "b/c/x", "b/x", "d/x", "e")) {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), path);
        }
    }

    @Test
    void nothingIsKnownBeneathAFolderThatCannotBeListed() throws IOException {
        disk.onList.put("b", () -> {
            throw new AccessDeniedException("b");
        });
        Walked walked = walk();
        assertThat(walked.paths()).containsExactly("e", "a/x", "d/x");
        assertThat(walked.folder("b").failure()).contains(new FileFailure("b", "permission denied"));
        assertThat(walked.folder("b").meta().kind()).isEqualTo(FileKind.FOLDER);
        assertThat(walked.fate("b")).isEqualTo(Fate.UNKNOWN);
        assertThat(walked.fate("b/c/x")).isEqualTo(Fate.UNKNOWN);
        assertThat(walked.fate("bb")).isEqualTo(Fate.GONE);
        assertThat(walked.fate("a/gone")).isEqualTo(Fate.GONE);
    }

    @Test
    void nothingIsKnownAtAllIfTheTreeCannotBeListed() throws IOException {
        disk.onList.put(root.getFileName().toString(), () -> {
            throw new FileSystemException(root.toString(), null, "Input/output error");
        });
        Walked walked = walk();
        assertThat(walked.folder("").failure())
                .contains(new FileFailure("", "the disk failed to read or write it; see whether the disk is sound"));
        assertThat(walked.folder("").failure().orElseThrow())
                .hasToString("the synced folder: the disk failed to read or write it; see whether the disk is sound");
        assertThat(walked.fate("anything/at/all")).isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void anEntryThatCannotBeSeenIsAFailureNotAnAbsence() throws IOException {
        disk.onMeta.put("c", () -> {
            throw new FileSystemException("c", null, "Stale file handle");
        });
        Walked walked = walk();
        assertThat(walked.folder("b").failures())
                .containsExactly(new FileFailure("b/c", "the network share has lost it; mount the share anew"));
        assertThat(walked.folder("b").files()).hasSize(1);
        assertThat(walked.fate("b/c/x")).isEqualTo(Fate.UNKNOWN);
        assertThat(walked.fate("b/y")).isEqualTo(Fate.GONE);
    }

    @Test
    void anEntryDeletedMeanwhileIsSimplyGone() throws IOException {
        disk.onMeta.put("e", () -> {
            throw new NoSuchFileException("e");
        });
        Walked walked = walk();
        assertThat(walked.failures()).isEmpty();
        assertThat(walked.fate("e")).isEqualTo(Fate.GONE);
    }

    @Test
    void aFolderThatBecomesALinkMeanwhileIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("a/elsewhere"));
        Files.writeString(elsewhere.resolve("secret"), "");
        disk.onList.put("d", () -> {
            Files.move(root.resolve("d"), root.resolve("moved"));
            Files.createSymbolicLink(root.resolve("d"), elsewhere);
        });
        Walked walked = walk();
        assertThat(walked.folder("d").failure()).contains(new FileFailure("d", "is not a folder any more"));
        assertThat(walked.folder("d").files()).isEmpty();
    }

    @Test
    void aFolderReplacedWhileItIsReadIsAFailure() throws IOException {
        disk.onList.put("d", () -> {
            Files.move(root.resolve("d"), root.resolve("moved"));
            Files.createDirectory(root.resolve("d"));
        });
        Walked walked = walk();
        assertThat(walked.folder("d").failure()).contains(new FileFailure("d", "was replaced while it was read"));
        assertThat(walked.fate("d/x")).isEqualTo(Fate.UNKNOWN);
    }

    @Test
    void aFolderReplacedByAFileBeforeItIsReadIsAFailure() throws IOException {
        disk.onList.put("b", () -> {
            Files.delete(root.resolve("d/x"));
            Files.delete(root.resolve("d"));
            Files.writeString(root.resolve("d"), "");
        });
        assertThat(walk().failures()).containsExactly(new FileFailure("d", "is not a folder any more"));
    }

    private Walked walk() throws SourceException {
        return Walked.through(new SourceTree(root, ExcludeRules.NONE, List.of(), disk));
    }
}
