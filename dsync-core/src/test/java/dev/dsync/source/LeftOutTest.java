package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a walk leaves out, and what it says of it later. */
class LeftOutTest {

    private static final String SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55";

    @TempDir
    Path root;

    @Test
    void deeperRulesCountMore() throws IOException {
        write(".dsyncignore", "*.log\n/b/\n");
        write("x.log", "");
        write("a/.dsyncignore", "!keep.log\n/only-here\n");
        write("a/keep.log", "");
        write("a/x.log", "");
        write("a/only-here", "");
        write("a/c/only-here", "");
        write("b/.dsyncignore", "!*");
        write("b/x", "");
        write("settings", "");
        Walked walked = Walked.through(root, "settings", "!x.log", "c");
        assertThat(walked.paths()).containsExactly(".dsyncignore", "a/.dsyncignore", "a/keep.log");
        assertThat(walked.folder("").excluded()).containsExactlyInAnyOrder("b", "settings", "x.log");
        assertThat(walked.folder("a").excluded()).containsExactlyInAnyOrder("c", "only-here", "x.log");
    }

    @Test
    void contentOfCachesIsLeftOutButNotTheirTag() throws IOException {
        write("cache/CACHEDIR.TAG", SIGNATURE + "\n# more");
        write("cache/x", "");
        write("cache/sub/x", "");
        write("other/CACHEDIR.TAG", "Signature: something else");
        write("other/x", "");
        write("short/CACHEDIR.TAG", SIGNATURE.substring(1));
        Files.createDirectories(root.resolve("folder/CACHEDIR.TAG"));
        Walked walked = Walked.through(root);
        assertThat(walked.paths())
                .containsExactly("cache/CACHEDIR.TAG", "other/CACHEDIR.TAG", "other/x", "short/CACHEDIR.TAG");
        assertThat(walked.folder("cache").excluded()).containsExactlyInAnyOrder("x", "sub");
        assertThat(walked.fate("cache/sub/gone")).isEqualTo(Fate.EXCLUDED);
        assertThat(walked.fate("other/gone")).isEqualTo(Fate.GONE);
    }

    @Test
    void unfinishedFilesAreLeftOutWhateverTheRules() throws IOException {
        write("a/.dsync-tmp-17", "");
        assertThat(Walked.through(root, "!*").folder("a").excluded()).containsExactly(".dsync-tmp-17");
    }

    @Test
    void placesOfDsyncItselfAreLeftOutEvenBeforeTheyExist() throws IOException {
        write("home/.dsync/x", "");
        write("home/.encryption_key", "");
        write("home/x", "");
        List<Path> own = List.of(
                root.resolve("home/.dsync"),
                root.resolve("home/.encryption_key"),
                root.resolve("home/../home/storage"),
                root.resolve("home"),
                root.resolveSibling("elsewhere"),
                root.toAbsolutePath().getRoot());
        SourceTree tree = new SourceTree(root.resolve("home"), ExcludeRules.NONE, own.subList(0, 3));
        assertThat(Walked.through(tree).paths()).containsExactly("x");
        write("home/storage/pack", "");
        assertThat(Walked.through(tree).paths()).containsExactly("x");
        assertThat(tree.excludes(RelativePath.of("storage/pack"), FileKind.FILE))
                .isTrue();

        SourceTree above = new SourceTree(root.resolve("home"), ExcludeRules.NONE, own.subList(4, 6));
        assertThat(Walked.through(above).paths()).contains("x", "storage/pack");
        SourceTree all = new SourceTree(root.resolve("home"), ExcludeRules.NONE, own);
        assertThatExceptionOfType(SourceException.class).isThrownBy(all::walk);
    }

    @Test
    void whatIsGoneIsToldFromWhatIsExcluded() throws IOException {
        write(".dsyncignore", "*.log\nout/\n");
        write("a/.dsyncignore", "!b.log");
        Walked walked = Walked.through(root, "/settings");
        assertThat(walked.fate("x.txt")).isEqualTo(Fate.GONE);
        assertThat(walked.fate("x.log")).isEqualTo(Fate.EXCLUDED);
        assertThat(walked.fate("no/such/folder/x.log")).isEqualTo(Fate.EXCLUDED);
        assertThat(walked.fate("no/out/x.txt")).isEqualTo(Fate.EXCLUDED);
        assertThat(walked.fate("out")).isEqualTo(Fate.GONE);
        assertThat(walked.walk().fate(RelativePath.of("out"), FileKind.FOLDER)).isEqualTo(Fate.EXCLUDED);
        assertThat(walked.fate("a/b.log")).isEqualTo(Fate.GONE);
        assertThat(walked.fate("a/c.log")).isEqualTo(Fate.EXCLUDED);
        assertThat(walked.fate("settings/x")).isEqualTo(Fate.EXCLUDED);
        assertThat(walked.fate("a/settings")).isEqualTo(Fate.GONE);
    }

    @Test
    void rulesThatAreNoFileAreNoRules() throws IOException {
        write("rules", "*");
        Files.createSymbolicLink(root.resolve(".dsyncignore"), Path.of("rules"));
        Files.createDirectories(root.resolve("a/.dsyncignore"));
        assertThat(Walked.through(root).paths()).containsExactly(".dsyncignore", "rules");
    }

    @Test
    void aFolderWhoseRulesCannotBeReadIsNotRead() throws IOException {
        write("a/.dsyncignore", "secret\n" + "#".repeat(1 << 20));
        write("a/secret", "");
        Walked walked = Walked.through(root);
        assertThat(walked.paths()).isEmpty();
        assertThat(walked.failures())
                .containsExactly(new FileFailure("a", "its .dsyncignore could not be read: larger than 1048576 bytes"));
        assertThat(walked.fate("a/secret")).isEqualTo(Fate.UNKNOWN);
        SourceTree tree = new SourceTree(root, ExcludeRules.NONE, List.of());
        assertThat(tree.excludes(RelativePath.of("a/x"), FileKind.FILE)).isTrue();
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
