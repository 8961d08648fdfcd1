package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything together: commands, vault, catalog, and webhooks of an emulated Discord. */
class DiscordTest extends HomeOnDiscord {

    DiscordTest() {
        super(3, Limits.NONE);
    }

    @BeforeEach
    void syncToThreeWebhooks() throws IOException {
        home.write("dsync.toml", "copies = 2\n");
        home.write("tree/a.txt", "a".repeat(5000));
        home.write("tree/sub/b.txt", "b");
        home.run("sync", "--folder", "tree").ends(0);
    }

    @Test
    void urlsAndKeyBringEverythingBack() throws IOException {
        TestHome other = home.newMachine(temp.resolve("other"));
        assertThat(other.json("recover").get("commits_read").asInt()).isPositive();
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
        home.run("check", "--read-data").ends(0);
    }

    @Test
    void lossOfAWebhookIsSurvivedAlsoWhereNothingMayBeWritten() throws IOException {
        for (int webhook = 0; webhook < 3; webhook++) {
            // One of those that have the data is asked first; whichever it is must not matter.
            TestHome other = home.newMachine(temp.resolve("other" + webhook));
            other.run("recover").ends(0);
            if (webhook == 0) {
                discord.deleteWebhook(0);
            }
            other.run("restore", "--to", "back").ends(0);
            assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
        }
        assertThat(home.run("check", "--read-data").exit()).isEqualTo(1);
        home.write("tree/c.txt", "c");
        home.run("sync").ends(0);
        assertThat(home.json("status").get("targets").findValuesAsText("state")).contains("retired");
    }

    @Test
    void targetsAreTriedOut() throws IOException {
        int files = discord.files();
        JsonNode targets = home.json("targets", "test").get("targets");
        assertThat(targets).hasSize(3).allSatisfy(target -> {
            assertThat(target.get("kind").asText()).isEqualTo("discord");
            assertThat(target.get("max_blobs_per_request").asInt()).isEqualTo(10);
        });
        assertThat(discord.files()).isEqualTo(files);
    }

    @Test
    void noTokenGetsIntoTheHome() throws IOException {
        List<String> tokens = discord.tokens();
        discord.deleteWebhook(1);
        home.write("tree/d.txt", "d");
        StringBuilder said = new StringBuilder();
        for (String[] command : new String[][] {{"sync", "-v", "-v"}, {"status"}, {"targets"}, {"check"}, {"config"}}) {
            TestHome.Run run = home.run(command);
            said.append(run.out()).append(run.err());
        }
        assertThat(said.toString()).doesNotContain(tokens);
        try (Stream<Path> files = Files.walk(home.folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("webhooks.txt"))
                    .toList()) {
                String content = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(content).as("%s", file).doesNotContain(tokens);
            }
        }
    }
}
