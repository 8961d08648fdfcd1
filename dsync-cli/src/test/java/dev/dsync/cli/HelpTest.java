package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

class HelpTest {

    private static final int COLUMNS = 80;

    @TempDir
    Path temp;

    TestHome home;

    @BeforeEach
    void home() throws IOException {
        home = new TestHome(temp.resolve("home"));
    }

    static Stream<String> commands() {
        return Commands.names().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfWithAnExample(String name) {
        String help = home.run(name, "--help").ends(0).out();
        assertThat(help).contains("Usage: dsync " + name, "Example", "  dsync ", "--home", "--json");
        assertThat(home.run("help", name).ends(0).out()).isEqualTo(help);
        assertThat(home.run("--help", name).ends(0).out()).isEqualTo(help);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsATerminalOfEightyColumns(String name) {
        assertThat(home.run(name, "--help").out()).doesNotContain("%%", "[--json]...");
        Command command =
                Commands.find(name).orElseThrow().maker().get().getClass().getAnnotation(Command.class);
        assertThat(command.footer()).allMatch(line -> line.length() <= COLUMNS);
        assertThat(command.description()).allMatch(line -> line.length() <= COLUMNS || line.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsKnownByTheNameItGivesItself(String name) {
        Task task = Commands.find(name).orElseThrow().maker().get();
        assertThat(task.getClass().getAnnotation(Command.class).name()).isEqualTo(name);
    }

    @Test
    void overviewNamesEveryCommand() {
        String overview = home.run("--help").ends(0).out();
        assertThat(overview).contains(Commands.names()).contains("--help", "Exit status");
        assertThat(overview.lines()).allMatch(line -> line.length() <= COLUMNS);
        assertThat(home.run("help").out()).isEqualTo(overview);
        TestHome.Run nothing = home.run();
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.out()).isEmpty();
        assertThat(nothing.err()).isEqualTo(overview);
    }

    @Test
    void helpDoesNotTakeTheHomeForACommand() {
        String help = home.run("help", "ls").ends(0).out();
        assertThat(home.run("--home", "x", "help", "ls").ends(0).out()).isEqualTo(help);
        assertThat(home.run("--home", "x", "--help").ends(0).out()).contains(Commands.names());
    }

    @Test
    void versionIsOneLine() {
        assertThat(home.run("--version").ends(0).out()).matches("dsync \\d+\\.\\d+\\S*\\R");
    }

    @Test
    void programThatGivesNoCommandHearsOfItInJson() throws IOException {
        assertThat(home.run("--json").ends(2).json().get("error").asText()).isEqualTo("usage");
        assertThat(home.run("--json", "nosuch").ends(2).json().get("detail").asText())
                .contains("nosuch");
    }

    @Test
    void flagThatIsGivenTwiceIsGiven() throws IOException {
        home.write("tree/x", "x");
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(home.run("--json", "ls", "--json", "--at", "now")
                        .ends(0)
                        .json()
                        .get("files"))
                .hasSize(1);
        assertThat(home.run("-q", "sync", "-q").ends(0).out()).isEmpty();
    }

    @Test
    void wordsThatLookLikeFilesOfArgumentsAreWords() {
        assertThat(home.run("versions", "@nosuch").err()).doesNotContain("argument file");
    }

    @Test
    void wordsAfterTwoDashesAreNoOptions() throws IOException {
        home.write("tree/-x", "x");
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(home.run("cat", "--", "-x").ends(0).out()).isEqualTo("x");
    }
}
