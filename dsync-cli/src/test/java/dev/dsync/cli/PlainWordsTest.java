package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainWordsTest {

    @TempDir
    Path temp;

    private TestHome home;

    @BeforeEach
    void home() throws IOException {
        home = new TestHome(temp.resolve("home"));
        home.write("tree/of/files", "three");
        home.write("tree/gone", "gone");
        home.run("sync", "--folder", "tree").ends(0);
        home.run("rm", "gone").ends(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls",
                "ls of",
                "ls . --deleted",
                "ls --deleted",
                "--json ls *e*",
                "ls --json --json of",
                "ls nosuch",
                "-q status",
                "--json status",
                "--quiet --json ls",
                "ls -q of",
                "--json sync",
            })
    void plainLineDoesWhatTheParserMakesOfIt(String line) {
        List<String> words = List.of(line.split(" "));
        GlobalOptions options = new GlobalOptions();
        assertThat(new PlainWords(words).set(options, plain(line))).isTrue();
        // The same for a parser alone: a value joined to its option.
        List<String> joined = new ArrayList<>(words);
        joined.add("--home=" + temp.resolve("home"));
        assertThat(new PlainWords(joined).set(options, plain(line))).isFalse();
        TestHome.Run plain = home.run(words.toArray(String[]::new));
        TestHome.Run parsed = home.run(joined.toArray(String[]::new));
        assertThat(timeless(plain.out())).isEqualTo(timeless(parsed.out()));
        assertThat(plain.err()).isEqualTo(parsed.err());
        assertThat(plain.exit()).isEqualTo(parsed.exit());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls of files",
                "ls --",
                "ls --at yesterday",
                "ls --delete",
                "--deleted ls",
                "ls --deleted --deleted",
                "ls -qv",
                "ls --home",
                "ls --home -q",
                "ls --help",
                "-v status",
                "status of",
                "sync --folder tree",
                "--json",
            })
    void whatIsNotPlainIsLeftToTheParser(String line) {
        assertThat(new PlainWords(List.of(line.split(" "))).set(new GlobalOptions(), plain(line)))
                .isFalse();
    }

    @Test
    void homeThatIsNamedIsTheHome() throws IOException {
        TestHome elsewhere = new TestHome(temp.resolve("elsewhere"));
        assertThat(elsewhere
                        .run("--home", temp.resolve("home").toString(), "ls")
                        .ends(0)
                        .out())
                .contains("of/files");
        assertThat(elsewhere
                        .run("ls", "--home", temp.resolve("nosuch").toString())
                        .ends(2)
                        .err())
                .contains("nosuch");
    }

    private static PlainTask plain(String line) {
        return line.contains("status")
                ? new StatusCommand()
                : line.contains("sync") ? new SyncCommand() : new LsCommand();
    }

    private static String timeless(String text) {
        return text.replaceAll("\\d+ seconds? ago|\"seconds\":[0-9.]+|\"last_sync\":\"[^\"]+\"", "");
    }
}
