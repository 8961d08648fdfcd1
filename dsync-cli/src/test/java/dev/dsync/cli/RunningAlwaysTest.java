package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dsync.architecture.ModuleClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps dsync running: the units of systemd, the container, and the question whether it is well. */
class RunningAlwaysTest {

    private static final Path CONTRIB = ModuleClasses.PROJECT.resolve("contrib");
    private static final String PROGRAM = "/opt/dsync/dsync";
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    @TempDir
    private Path folder;

    private TestHome home;

    @BeforeEach
    void open() throws IOException {
        home = new TestHome(folder.resolve("home"));
        home.write("d-synced/file", "kept");
    }

    static Stream<List<String>> commands() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (String unit : List.of("dsync.service", "dsync-pass.service")) {
            for (String line : Files.readAllLines(CONTRIB.resolve("systemd/" + unit))) {
                if (line.startsWith("ExecStart=")) {
                    assertThat(line).startsWith("ExecStart=" + PROGRAM + " ");
                    commands.add(List.of(line.substring(line.indexOf(' ') + 1).split(" ")));
                }
            }
        }
        for (String line : Files.readAllLines(CONTRIB.resolve("container/Containerfile"))) {
            if (line.strip().startsWith("CMD [")) {
                List<String> words = quoted(line);
                commands.add(words.get(0).equals(PROGRAM) ? words.subList(1, words.size()) : words);
            }
        }
        assertThat(commands).hasSize(4);
        return commands.stream();
    }

    private static List<String> quoted(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = QUOTED.matcher(line); word.find(); ) {
            words.add(word.group(1));
        }
        return words;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandIsOneOfDsync(List<String> command) {
        home.run("sync").ends(0);
        home.stop = new Stop();
        home.stop.request();
        assertThat(home.run(command.toArray(String[]::new)).exit()).isIn(0, 130);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dsync.service", "dsync-pass.service", "dsync-pass.timer"})
    void systemdFindsNoFaultInTheUnit(String name) throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed here");
        for (String unit : List.of("dsync.service", "dsync-pass.service", "dsync-pass.timer")) {
            String text = Files.readString(CONTRIB.resolve("systemd/" + unit));
            Files.writeString(
                    folder.resolve(unit),
                    text.replace(
                            PROGRAM,
                            ModuleClasses.PROJECT.resolve("dsync").toRealPath().toString()));
        }
        Process verify = new ProcessBuilder(
                        ANALYZE.toString(),
                        "verify",
                        "--man=no",
                        folder.resolve(name).toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.lines().filter(line -> line.contains("dsync"))).isEmpty();
        assertThat(verify.waitFor()).as(said).isZero();
    }

    @Test
    void passByTheClockRunsAsTheOneThatWatchesDoes() throws IOException {
        List<String> always = settings("dsync.service");
        List<String> pass = settings("dsync-pass.service");
        always.removeIf(line -> line.startsWith("Restart") || line.startsWith("WantedBy") || line.equals("[Install]"));
        always.replaceAll(line -> line.replace("Type=exec", "Type=oneshot").replace(" --watch", ""));
        assertThat(pass).isEqualTo(always);
    }

    private static List<String> settings(String unit) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(CONTRIB.resolve("systemd/" + unit)));
        lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
        return lines;
    }

    @Test
    void nothingThatAHomeHoldsGetsIntoTheImage() throws IOException {
        List<String> rules = Files.readAllLines(ModuleClasses.PROJECT.resolve(".dockerignore"));
        assertThat(rules).contains("*", "**/webhooks.txt", "**/.encryption_key*", "**/.dsync");
        assertThat(rules.stream().filter(rule -> rule.startsWith("!")))
                .containsExactly("!pom.xml", "!dsync", "!dsync-*", "!samples");
        assertThat(Files.readString(CONTRIB.resolve("container/Containerfile")))
                .contains("\nUSER 10001:10001\n", "\nHEALTHCHECK ", "\nVOLUME /home/dsync\n", " AS build\n");
    }

    @Test
    void statusTellsWhetherTheLastSyncIsLongAgo() throws IOException {
        home.run("sync", "--folder", "nowhere").ends(2);
        home.run("sync").ends(0);
        assertThat(home.json("status", "--synced-within", "15m").get("late").asBoolean())
                .isFalse();
        home.clock.pass(Duration.ofMinutes(14));
        home.run("status", "--synced-within", "15m").ends(0);
        home.run("sync").ends(0);
        home.clock.pass(Duration.ofMinutes(14));
        assertThat(home.run("status", "--synced-within", "15m").ends(0).out()).contains("last sync: ");
        home.clock.pass(Duration.ofMinutes(2));
        assertThat(home.run("--json", "status", "--synced-within", "15m")
                        .ends(1)
                        .json()
                        .get("late")
                        .asBoolean())
                .isTrue();
        home.run("status").ends(0);
        assertThat(home.run("status", "--synced-within", "soon").ends(2).err()).contains("--synced-within");
    }
}
