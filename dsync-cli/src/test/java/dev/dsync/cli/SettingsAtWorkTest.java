package dev.dsync.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code dsync.toml} says is what happens to the files. */
class SettingsAtWorkTest {

    private static final String TEXT = "words that compress well. ".repeat(5_000);

    @TempDir
    Path folder;

    private TestHome home;

    @BeforeEach
    void makeHome() throws IOException {
        home = new TestHome(folder.resolve("home"));
    }

    @Test
    void ruleDecidesWhatIsCompressedAndEncrypted() throws IOException {
        home.write("d-synced/open.txt", "open: " + TEXT);
        home.write("d-synced/closed.txt", "closed: " + TEXT);
        home.write("dsync.toml", """
                [[rule]]
                match = "open.*"
                compress = false
                encrypt = false
                """);
        home.run("sync").ends(0);

        assertThat(stored()).contains("open: " + TEXT).doesNotContain("closed: ");
        assertThat(home.json("restore", "--to", "back").get("restored").asInt()).isEqualTo(2);
        assertThat(folder.resolve("home/back/open.txt")).hasContent("open: " + TEXT);
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
    }

    @Test
    void encryptionAndCompressionAreOffWhereTheSettingsSaySo() throws IOException {
        home.write("d-synced/name-of-a-file.txt", TEXT);
        home.write("dsync.toml", "encryption = false\ncompression = false\n");
        home.run("sync").ends(0);
        assertThat(stored()).contains(TEXT).doesNotContain("name-of-a-file");
    }

    @Test
    void packSizeAndLevelAreThoseOfTheSettings() throws IOException {
        byte[] content = new byte[12 << 20];
        new Random(1).nextBytes(content);
        Files.write(Files.createDirectories(folder.resolve("home/d-synced")).resolve("noise"), content);
        home.write("dsync.toml", "pack_size = \"5 MiB\"\ncompression = \"zlib\"\ncompression_level = 9\n");
        home.run("sync").ends(0);

        try (Stream<Path> files = Files.walk(folder.resolve("home/storage"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.toFile().length()))
                    .contains(5L << 20)
                    .allMatch(length -> length <= 5 << 20);
        }
    }

    @Test
    void uploadIsNoFasterThanItsLimit() throws IOException {
        home = TestHome.inRealTime(folder.resolve("slow"));
        byte[] content = new byte[1 << 20];
        new Random(1).nextBytes(content);
        Files.write(Files.createDirectories(home.folder.resolve("d-synced")).resolve("noise"), content);
        home.write("dsync.toml", "upload_limit = 1024\n");
        assertThat(home.json("sync").get("seconds").asDouble()).isGreaterThan(0.95);
    }

    @Test
    void configShowsEachValueAndWhereItComesFrom() throws IOException {
        home.write("dsync.toml", """
                upload_limit = 500
                encryption = false
                copies = 2

                [[rule]]
                match = "*.mp4"
                compress = false
                """);
        home.environment.put("DSYNC_COPIES", "3");
        JsonNode settings = home.json("config").get("settings");
        assertThat(settings)
                .extracting(setting -> setting.get("name").asText() + " " + setting.get("value") + " "
                        + setting.get("origin").asText())
                .contains(
                        "upload_limit 500 file",
                        "download_limit 0 default",
                        "encryption \"none\" file",
                        "copies 3 environment",
                        "rule [\"match *.mp4, compress none\"] file");
    }

    private String stored() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(home.folder.resolve("storage"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, ISO_8859_1));
            }
        }
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "compression = \"none\"",
                "exclude = [\"*.tmp\", '\\#\"x\"', \"a,b\"]\nkeep_within = \"5d\"\nexport_json = false\ncompression_level = 7",
                "[[rule]]\nmatch = \"*.mp4\"\ncompress = false\n[[rule]]\nmatch = '/a \"b\"/'\ncompress = true\nencrypt = false",
            })
    void whatConfigShowsIsASettingsFileThatSaysTheSame(String toml) throws IOException {
        home.write("dsync.toml", toml);
        JsonNode before = home.json("config").get("settings");
        String shown = home.run("config").ends(0).out();
        home.write("dsync.toml", shown);
        JsonNode after = home.json("config").get("settings");
        assertThat(after.findValues("value")).as(shown).isEqualTo(before.findValues("value"));
        assertThat(shown).contains("home", home.folder.toString(), "# default");
    }
}
