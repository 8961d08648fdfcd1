package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On Unix a name is bytes; some are no text. */
class UndecodableNamesTest {

    @TempDir
    Path root;

    @BeforeEach
    void needsUtf8() {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "names are not UTF-8 here");
    }

    @Test
    void areFailuresWithTheirBytesAndTheWalkGoesOn() throws Exception {
        shell("mkdir sub; printf x > \"$(printf 'caf\\351')\"; mkdir \"$(printf 'sub/\\377d')\"; printf y > sub/ok");
        Walked walked = Walked.through(root);
        assertThat(walked.paths()).containsExactly("sub/ok");
        assertThat(walked.failures()).extracting(FileFailure::path).containsExactly("caf%E9", "sub/%FFd");
        assertThat(walked.failures().get(0).reason()).isEqualTo("the name is not text in the encoding of this system");
    }

    @Test
    void maybeAreWhatIsMissed() throws Exception {
        shell("printf x > \"$(printf 'caf\\351')\"; mkdir sub");
        Walked walked = Walked.through(root);
        assertThat(walked.fate("caf\u00e9")).isEqualTo(Fate.UNKNOWN);
        assertThat(walked.fate("caf\u00e9/x")).isEqualTo(Fate.UNKNOWN);
        assertThat(walked.fate("cafe")).isEqualTo(Fate.GONE);
        assertThat(walked.fate("sub/\u00e9")).isEqualTo(Fate.GONE);
    }

    @Test
    void inLinksAreFailuresToo() throws Exception {
        shell("ln -s \"$(printf 'caf\\351')\" link");
        assertThat(Walked.through(root).failures())
                .containsExactly(new FileFailure("link", "is not text in the encoding of this system"));
    }

    @Test
    void inLinksOfWindowsMayBeHalfASurrogatePair() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path top = Files.createDirectories(windows.getPath("C:\\top"));
            Files.createSymbolicLink(top.resolve("link"), windows.getPath("half\ud83d"));
            assertThat(Walked.through(top).failures())
                    .containsExactly(new FileFailure("link", "is not text in the encoding of this system"));
        }
    }

    @Test
    void areNotConfusedWithNamesThatHoldTheReplacementCharacter() throws IOException {
        Files.writeString(root.resolve("caf\ufffd"), "x");
        assertThat(Walked.through(root).paths()).containsExactly("caf\ufffd");
    }

    private void shell(String script) throws Exception {
        int exit;
        try {
            exit = new ProcessBuilder("sh", "-c", script)
                    .directory(root.toFile())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            assumeTrue(false, "no shell here");
            throw e;
        }
        assumeTrue(exit == 0, "this file system wants names to be text");
    }
}
