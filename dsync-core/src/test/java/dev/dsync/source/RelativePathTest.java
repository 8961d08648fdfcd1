package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/..",
                "./a",
                "a/./b",
                "a\0b",
                "\ud800",
                "a\udc00/b",
                "\udc00\ud800"
            })
    void refusesWhatCouldLeadElsewhere(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> RelativePath.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "...",
                "..a",
                " ",
                "a b ",
                "-rf",
                "a\\b",
                "a\nb",
                "\u202etxt",
                "e\u0301",
                "\ud83d\ude00/x",
                "C:"
            })
    void takesEveryNameThatStaysInside(String value) {
        assertThat(RelativePath.of(value).value()).isEqualTo(value);
        assertThat(String.join("/", RelativePath.of(value).names())).isEqualTo(value);
    }

    @Test
    void countsBytesOfUtf8() {
        assertThat(RelativePath.of("\u00e9".repeat(512)).value()).hasSize(512);
        assertThatIllegalArgumentException().isThrownBy(() -> RelativePath.of("\u00e9".repeat(512) + "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> RelativePath.of("\ud83d\ude00".repeat(257)));
        String longest = "ab/".repeat(RelativePath.MAX_BYTES / 3) + "ab";
        assertThat(longest).hasSize(RelativePath.MAX_BYTES);
        assertThat(RelativePath.of(longest).names()).hasSize(RelativePath.MAX_BYTES / 3 + 1);
        assertThatIllegalArgumentException().isThrownBy(() -> RelativePath.of(longest + "c"));
    }

    @Test
    void goesUpAndDown() {
        RelativePath path = RelativePath.of("a/b/c");
        assertThat(path.name()).isEqualTo("c");
        assertThat(path.parent()).isEqualTo(RelativePath.of("a/b"));
        assertThat(path.parent().parent().parent()).isEqualTo(RelativePath.ROOT);
        assertThat(RelativePath.ROOT.resolve("a").resolve("b").resolve("c")).isEqualTo(path);
        assertThatIllegalStateException().isThrownBy(RelativePath.ROOT::parent);
        assertThatIllegalArgumentException().isThrownBy(() -> path.resolve("d/e"));
        assertThatIllegalArgumentException().isThrownBy(() -> path.resolve(""));
    }

    @Test
    void startsWithWholeNamesOnly() {
        RelativePath path = RelativePath.of("ab/c");
        assertThat(path.startsWith(RelativePath.of("ab"))).isTrue();
        assertThat(path.startsWith(path)).isTrue();
        assertThat(path.startsWith(RelativePath.ROOT)).isTrue();
        assertThat(path.startsWith(RelativePath.of("a"))).isFalse();
        assertThat(path.startsWith(RelativePath.of("ab/c/d"))).isFalse();
    }

    @Test
    void whatAFolderHoldsFollowsRightAfterIt() {
        List<RelativePath> ordered = paths(
                "", "a", "a/b", "a/b/c", "a/\uffff", "a\1", "a b", "a!", "a-", "a0", "b", "\uffff", "\ud83d\ude00");
        List<RelativePath> sorted = new java.util.ArrayList<>(ordered);
        Collections.shuffle(sorted, new Random(1));
        Collections.sort(sorted);
        assertThat(sorted).isEqualTo(ordered);
    }

    @Test
    void namesAreInTheOrderOfTheirBytes() {
        Random random = new Random(2);
        String alphabet = "a\u00e9\ud83d\ude00\uffee\ue000\u4e2d~";
        int[] codePoints = alphabet.codePoints().toArray();
        for (int i = 0; i < 2000; i++) {
            String a = name(random, codePoints);
            String b = name(random, codePoints);
            int bytes = Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
            assertThat(Integer.signum(RelativePath.compare(a, b)))
                    .as("%s against %s", a, b)
                    .isEqualTo(Integer.signum(bytes));
        }
    }

    @Test
    void neverLeavesItsRootEvenWhereSeparatorsDiffer() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path root = windows.getPath("C:\\kept");
            assertThat(RelativePath.of("a/b").under(root)).isEqualTo(windows.getPath("C:\\kept\\a\\b"));
            assertThatThrownBy(() -> RelativePath.of("..\\..\\x").under(root)).isInstanceOf(InvalidPathException.class);
            assertThatThrownBy(() -> RelativePath.of("C:\\x").under(root)).isInstanceOf(InvalidPathException.class);
        }
        assertThat(RelativePath.of("a/b").under(Path.of("/"))).isEqualTo(Path.of("/a/b"));
        assertThat(RelativePath.ROOT.under(Path.of("/kept"))).isEqualTo(Path.of("/kept"));
    }

    private static String name(Random random, int[] codePoints) {
        StringBuilder name = new StringBuilder();
        random.ints(1 + random.nextInt(3), 0, codePoints.length).forEach(i -> name.appendCodePoint(codePoints[i]));
        return name.toString();
    }

    private static List<RelativePath> paths(String... values) {
        return Arrays.stream(values).map(RelativePath::of).toList();
    }
}
