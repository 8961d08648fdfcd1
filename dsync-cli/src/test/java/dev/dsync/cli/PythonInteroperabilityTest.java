package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ways against Python's cryptography and zlib: what one stores the other restores. */
class PythonInteroperabilityTest extends HomeOnDiscord {

    PythonInteroperabilityTest() {
        super(3, Limits.NONE);
    }

    @BeforeEach
    void fillFolder() throws Exception {
        assumeTrue(isThere(), "no python3 with the package cryptography");
        byte[] large = new byte[8_500_000];
        new Random(3).nextBytes(large);
        home.write("tree/a.txt", "hello");
        home.write("tree/empty", "");
        home.write("tree/Some Folder/text.log", "line after line\n".repeat(50_000));
        home.write("tree/Some Folder/déjà vu/naïve.txt", "ü".repeat(60_000));
        Files.write(home.folder.resolve("tree/Some Folder/large.bin"), large);
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import cryptography.fernet")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String python(String script, Path... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("python3", resource(script).toString()));
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(PythonInteroperabilityTest.class.getResource(name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pythonRestoresWhatWasStoredInTheClassicLayout() throws Exception {
        home.run("sync", "--folder", "tree", "--layout", "classic").ends(0);
        assertThat(python("restore_classic.py", home.folder, temp.resolve("out")))
                .isEqualTo("5");
        assertThat(contents(temp.resolve("out"))).isEqualTo(contents(home.folder.resolve("tree")));
        JsonNode files = listing("files.json").get("files");
        JsonNode large = files.get("Some Folder/large.bin");
        assertThat(large.get("chunks")).hasSizeGreaterThan(1);
        assertThat(large.get("chunks").get(0).get("webhook_url").asText()).endsWith("/***");
    }

    @Test
    void linksThatEndedAreMadeAnewByAnExportWithSecrets() throws Exception {
        discord.rules().linkLifetime = Duration.ZERO;
        home.run("sync", "--folder", "tree", "--layout", "classic").ends(0);
        discord.rules().linkLifetime = Duration.ofHours(24);
        JsonNode export = home.json("export", "--with-secrets");
        assertThat(export.get("files").asInt()).isEqualTo(5);
        assertThat(export.get("folders").asInt()).isEqualTo(2);
        assertThat(python("restore_classic.py", home.folder, temp.resolve("out")))
                .isEqualTo("5");
        Set<String> urls = new HashSet<>(listing("files.json").findValuesAsText("webhook_url"));
        assertThat(discord.urls()).containsAll(urls);
    }

    @Test
    void whatPythonStoredComesBack() throws Exception {
        python("store_classic.py", home.folder, home.folder.resolve("tree"));
        JsonNode answer = home.json("import", "files.json", "--upload-log", "logs/upload.log");
        assertThat(answer.get("files").asInt()).isEqualTo(5);
        assertThat(answer.get("without_message_id").asInt()).isZero();
        home.run("restore", "--to", "back").ends(0);
        assertThat(contents(home.folder.resolve("back"))).isEqualTo(contents(home.folder.resolve("tree")));
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
        home.run("export", "--with-secrets").ends(0);
        assertThat(home.folder.resolve("files.original.json")).exists();
        Files.writeString(home.folder.resolve("folders.json"), "{\"folders\": {}}");
        assertThat(python("restore_classic.py", home.folder, temp.resolve("out")))
                .isEqualTo("5");
    }

    private JsonNode listing(String name) throws IOException {
        return new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(home.folder.resolve(name).toFile());
    }

    private static List<String> contents(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (var paths = Files.walk(root)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                lines.add(root.relativize(path) + " " + OriginalProgram.sha256(Files.readAllBytes(path)));
            }
        }
        return lines;
    }
}
