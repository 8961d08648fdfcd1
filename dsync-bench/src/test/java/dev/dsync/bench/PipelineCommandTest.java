package dev.dsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class PipelineCommandTest {

    @TempDir
    Path temp;

    @Test
    void figuresAreOfTheCorpusAndNothingStaysBehind() throws Exception {
        Path corpus = Files.createDirectory(temp.resolve("corpus"));
        Files.write(corpus.resolve("text"), Samples.text(300_000, 1));
        Files.createDirectory(corpus.resolve("sub"));
        Files.write(corpus.resolve("sub/noise"), Samples.noise(100_000, 2));
        Path work = temp.resolve("work");
        Path json = temp.resolve("figures.json");

        CommandRun run = CommandRun.well(work, json, "pipeline", "--here", "--corpus", corpus.toString());

        assertThat(run.printed()).contains("2 files, 0.4 MB", "AES-256-GCM", "restored content: identical");
        JsonNode figures = CommandRun.figures(json);
        assertThat(figures.at("/limits/bytes").asLong()).isEqualTo(400_000);
        assertThat(figures.at("/sync/bytes").asLong()).isEqualTo(400_000);
        assertThat(figures.at("/restore/bytes").asLong()).isEqualTo(400_000);
        assertThat(figures.at("/syncAgain/bytes").asLong()).isZero();
        assertThat(figures.at("/storedBytes").asLong()).isBetween(100_000L, 400_000L);
        assertThat(figures.at("/limits/sha256").asDouble()).isPositive();
    }

    @Test
    void corpusThatIsNoFolderIsNamed() {
        CommandRun run =
                CommandRun.of("pipeline", "--corpus", temp.resolve("none").toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.printed()).contains("none is no folder");
    }

    @Test
    void measuresInAFreshMachineUnlessToldOtherwise() throws Exception {
        Path corpus = Files.createDirectory(temp.resolve("corpus"));
        Files.write(corpus.resolve("text"), Samples.text(300_000, 1));
        Path json = temp.resolve("figures.json");

        CommandRun run = CommandRun.of("pipeline", "--corpus", corpus.toString(), "--json", json.toString());

        assertThat(run.exit()).as(run.printed()).isZero();

        assertThat(CommandRun.figures(json).at("/identical").asBoolean()).isTrue();
        assertThat(run.printed()).contains("restored content: identical");
    }

    /** The project's folder: tests run in their module's. */
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

    private static Stream<List<String>> documentedCommands() throws IOException {
        String jar = "java -jar dsync-bench/target/dsync-bench.jar ";
        return Files.readAllLines(PROJECT.resolve("dsync-bench/README.md")).stream()
                .filter(line -> line.startsWith(jar))
                .map(line ->
                        List.of(line.substring(jar.length()).replace("\"", "").split(" ")));
    }

    @ParameterizedTest
    @MethodSource("documentedCommands")
    void whatTheReadmeShowsIsUnderstood(List<String> words) {
        List<String> inProject = words.stream()
                .map(word -> word.equals("docs") ? PROJECT.resolve("docs").toString() : word)
                .toList();
        if (words.get(0).equals("pipeline")) {
            assertThat(CommandRun.of(inProject.toArray(String[]::new)).exit()).isZero();
        } else {
            assertThat(new CommandLine(new Main())
                            .parseArgs(inProject.toArray(String[]::new))
                            .subcommand()
                            .commandSpec()
                            .name())
                    .isEqualTo(words.get(0));
        }
    }

    @Test
    void readmeShowsEveryKind() throws IOException {
        assertThat(documentedCommands()).extracting(words -> words.get(0)).contains("pipeline", "catalog", "micro");
    }
}
