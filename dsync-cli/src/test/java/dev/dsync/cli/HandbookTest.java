package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandbookTest {

    @TempDir
    Path temp;

    @Test
    void everyCommandHasAManPageWithItsOptionsAndExamples() throws IOException {
        Handbook.write(temp);
        for (Manual.Page page : Manual.read().pages()) {
            String man = Files.readString(temp.resolve("man/man1/dsync-" + page.name() + ".1"));
            assertThat(man).startsWith(".TH \"DSYNC-").contains(".SH EXAMPLES", "\\-\\-home DIR");
            for (Manual.Entry option : page.options()) {
                assertThat(man).contains(option.names().get(0).replace("-", "\\-"));
            }
        }
        assertThat(Files.readString(temp.resolve("man/man1/dsync.1"))).contains("dsync-sync(1)", "EXIT STATUS");
    }

    @Test
    void manPagesAreGoodRoff() throws Exception {
        Handbook.write(temp);
        requireProgram("man");
        try (Stream<Path> pages = Files.list(temp.resolve("man/man1"))) {
            for (Path page : pages.toList()) {
                assertThat(run("man", "--warnings", "-l", page.toString()))
                        .contains("dsync")
                        .doesNotContain("warning:");
            }
        }
    }

    @Test
    void bashCompletesCommandsOptionsAndValues() throws Exception {
        requireProgram("bash");
        Handbook.write(temp);
        Files.createDirectory(temp.resolve("folder"));
        assertThat(complete("ve")).containsExactly("versions");
        assertThat(complete("")).containsAll(Commands.names());
        assertThat(complete("sync", "--dry")).containsExactly("--dry-run");
        assertThat(complete("--home", "folder", "sync", "--fol")).containsExactly("--folder");
        assertThat(complete("sync", "--folder", "fol")).containsExactly("folder");
        assertThat(complete("restore", "--overwrite", "")).containsExactly("never", "changed", "always");
        assertThat(complete("key", "ex")).containsExactly("export");
        assertThat(complete("help", "stat")).containsExactly("status");
        assertThat(complete("--js")).containsExactly("--json");
    }

    private List<String> complete(String... words) throws Exception {
        String all = "dsync "
                + String.join(
                        " ", Stream.of(words).map(word -> '\'' + word + '\'').toList());
        return run(
                        "bash",
                        "-c",
                        "cd '" + temp
                                + "' && source completions/dsync.bash && complete -p dsync >/dev/null && COMP_WORDS=("
                                + all + ") COMP_CWORD=" + words.length
                                + " && _dsync; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void otherShellsReadTheirScripts() throws Exception {
        Handbook.write(temp);
        if (isThere("zsh")) {
            assertThat(run("zsh", "-n", temp.resolve("completions/_dsync").toString()))
                    .isEmpty();
        }
        if (isThere("fish")) {
            assertThat(run("fish", "-n", temp.resolve("completions/dsync.fish").toString()))
                    .isEmpty();
        }
        assertThat(Files.readString(temp.resolve("completions/_dsync"))).startsWith("#compdef dsync\n");
    }

    @Test
    void completionCommandWritesTheScripts() throws IOException {
        Handbook.write(temp);
        TestHome home = new TestHome(temp.resolve("home"));
        assertThat(home.run("completion", "bash").ends(0).out())
                .isEqualTo(Files.readString(temp.resolve("completions/dsync.bash")));
        assertThat(home.run("completion", "fissh").ends(2).err()).contains("did you mean fish?");
    }

    private static void requireProgram(String name) {
        Assumptions.assumeTrue(isThere(name), name + " is installed");
    }

    private static boolean isThere(String name) {
        return Stream.of("/bin/", "/usr/bin/", "/usr/local/bin/")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder + name)));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MANPAGER", "cat");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
