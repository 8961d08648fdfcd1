package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcludeRulesTest {

    // A path with '/' at its end is a folder. Quotes keep spaces; rules are parted by '|'.
    @ParameterizedTest
    @CsvSource({
        "'*.log', 'a.log', true",
        "'*.log', 'x/y/a.log', true",
        "'*.log', 'a.logs', false",
        "'*.log', '.log', true",
        "'/a', 'a', true",
        "'/a', 'x/a', false",
        "'a/b', 'a/b', true",
        "'a/b', 'x/a/b', false",
        "'a/', 'a/', true",
        "'a/', 'a', false",
        "'a/', 'a/x/y', true",
        "'x/*', 'x/y', true",
        "'x/*', 'x/y/z', true",
        "'x/*|!x/y', 'x/y', false",
        "'x/|!x/y', 'x/y', true",
        "'x?z', 'xyz', true",
        "'x?z', 'x\u00e9z', true",
        "'/x?z', 'x/z', false",
        "'[a-c]1', 'b1', true",
        "'[!a-c]1', 'b1', false",
        "'[^a-c]1', 'd1', true",
        "'[]-]', ']', true",
        "'[]-]', '-', true",
        "'[[:digit:][:upper:]]x', 'Qx', true",
        "'[[:digit:]]', 'a', false",
        "'[[:nonsense:]]', 'n', false",
        "'[a', '[a', false",
        "'[\u00e0-\u00ff]', '\u00e9', true",
        "'**/a', 'a', true",
        "'**/a', 'x/y/a', true",
        "'a/**', 'a/x/y', true",
        "'a/**', 'a/', false",
        "'a/**/b', 'a/b', true",
        "'a/**/b', 'a/x/y/b', true",
        "'a/**/b', 'a/xb', false",
        "'/a**b', 'axxb', true",
        // As git does, though its manual says otherwise.
        "'/a**/b', 'a/x/b', true",
        "'/?**/b', 'a/x/b', false",
        "'\\#a', '#a', true",
        "'#a', '#a', false",
        "'\\!a', '!a', true",
        "'a  ', 'a', true",
        "'a\\ ', 'a ', true",
        "'a\\  ', 'a ', true",
        "'a\\', 'a', false",
        "'\\*', 'a', false",
        "'\\*', '*', true",
        "'!a', 'a', false",
        "'/', 'a', false",
        "'a|!a|a', 'a', true",
    })
    void followsTheRulesOfGitignore(String rules, String path, boolean excluded) {
        boolean folder = path.endsWith("/");
        RelativePath where = RelativePath.of(folder ? path.substring(0, path.length() - 1) : path);
        assertThat(ExcludeRules.of(List.of(rules.split("\\|")))
                        .excludes(where, folder ? FileKind.FOLDER : FileKind.FILE))
                .isEqualTo(excluded);
    }

    @Test
    void readsFilesFromEveryEditor() {
        ExcludeRules rules = ExcludeRules.parse("\ufeffa\r\n\r\n# b\r\nb c\r\nlast\r");
        assertThat(excluded(rules, "a", "b", "b c", "last")).containsExactly("a", "b c", "last");
        assertThat(ExcludeRules.parse("").isEmpty()).isTrue();
    }

    /** What tries each way to match would not be done within years. */
    @Test
    @Timeout(300)
    void hostilePatternsTakeNoTime() {
        String name = "a".repeat(250);
        ExcludeRules rules = ExcludeRules.of(List.of(
                "a*".repeat(100) + "b",
                "**/".repeat(20_000) + "b",
                "/" + "**/a*".repeat(100) + "b",
                "[a-".repeat(1000)));
        RelativePath path = RelativePath.of((name + "/").repeat(20) + name);
        assertThat(rules.excludes(path, FileKind.FILE)).isFalse();
    }

    private static List<String> excluded(ExcludeRules rules, String... names) {
        return List.of(names).stream()
                .filter(name -> rules.excludes(RelativePath.of(name), FileKind.FILE))
                .toList();
    }
}
