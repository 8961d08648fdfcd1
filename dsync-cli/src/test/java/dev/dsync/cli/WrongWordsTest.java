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
import org.junit.jupiter.params.provider.CsvSource;

/** A command line that cannot be understood is answered with one line: what is wrong with it, and what to do. */
class WrongWordsTest {

    @TempDir
    Path temp;

    TestHome home;

    @BeforeEach
    void home() throws IOException {
        home = new TestHome(temp.resolve("home"));
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[] {""} : line.split(" ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "--home@--home needs a value: --home DIR. 'dsync help' explains it",
                "--json --home@--home needs a value: --home DIR. 'dsync help' explains it",
                "ls --home@--home needs a value: --home DIR. 'dsync help ls' explains it",
                "--home --json ls@--home needs a value: --home DIR, found --json. 'dsync help ls' explains it",
                "ls --at@--at needs a value: --at TIME. 'dsync help ls' explains it",
                "restore --to@--to needs a value: --to DIR. 'dsync help restore' explains it",
                "sync --layout@--layout needs a value: --layout packed|classic. 'dsync help sync' explains it",
                "sync --again@--again needs a value: --again PATH. 'dsync help sync' explains it",
                "web --port --open@--port needs a value: --port N, found --open. 'dsync help web' explains it",
                "cat@cat needs a PATH. 'dsync help cat' explains it",
                "rm@rm needs a PATH|GLOB. 'dsync help rm' explains it",
                "completion@completion needs a word after it: bash|zsh|fish. 'dsync help completion' explains it",
                "key@key needs a word after it: show|protect|unprotect|export|import. 'dsync help key' explains it",
                "ls a b@ls takes no further word, found \"b\". 'dsync help ls' explains what it takes",
                "ls a b c@ls takes no further words, found \"b\" \"c\". 'dsync help ls' explains what it takes",
                "ls --bogus@ls has no option --bogus. 'dsync help ls' shows those it has",
                "ls --delted@ls has no option --delted; did you mean --deleted?",
                "-x ls@ls has no option -x. 'dsync help ls' shows those it has",
                "web --port many@--port must be a whole number, found \"many\"",
                "web --port 99999999999@--port is too large: 99999999999",
                "-- ls@write the command before --, which ends the options: dsync ls",
                "--@name a command after dsync: 'dsync help' lists them",
                "-q@name a command after dsync: 'dsync help' lists them",
                "--home ls@name a command after dsync: \"ls\" was taken as the value of --home. 'dsync help' lists them",
                "--frob@dsync has no option --frob. 'dsync help' shows those it has",
                "--jsn@dsync has no option --jsn; did you mean --json?",
                "''@an empty word is no command: 'dsync help' lists them",
                "help ls cat@help explains one command at a time, found \"cat\"",
            })
    void oneSentenceSaysWhatIsWrongAndWhatToDo(String line, String sentence) throws IOException {
        TestHome.Run people = home.run(words(line)).ends(2);
        if (!line.contains("--json")) {
            assertThat(people.err()).isEqualToNormalizingNewlines("dsync: " + sentence + "\n");
            assertThat(people.out()).isEmpty();
        }
        List<String> program = new ArrayList<>(List.of("--json"));
        program.addAll(List.of(words(line)));
        TestHome.Run run = home.run(program.toArray(String[]::new)).ends(2);
        assertThat(run.json().get("detail").asText()).isEqualTo(sentence);
        assertThat(run.json().get("error").asText()).isEqualTo("usage");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void whoeverGivesNoWordsAtAllSeesTheCommands() {
        assertThat(home.run().ends(2).err()).contains(Commands.names());
    }
}
