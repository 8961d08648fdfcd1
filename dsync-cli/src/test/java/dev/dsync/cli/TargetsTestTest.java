package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.discord.emulator.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dsync targets test} tells of webhooks and folders. */
class TargetsTestTest {

    @TempDir
    Path temp;

    Emulator discord;
    TestHome home;

    @BeforeEach
    void threeWebhooksInTwoChannels() throws IOException {
        discord = Emulator.start(Clock.systemUTC(), 3, 2);
        home = TestHome.inRealTime(temp.resolve("home"));
    }

    @AfterEach
    void stop() throws IOException {
        discord.close();
    }

    private void targets(String... lines) throws IOException {
        home.write("webhooks.txt", String.join("\n", lines) + "\n");
    }

    @Test
    void eachWebhookIsTriedAndDescribedToPrograms() throws IOException {
        targets("# mine", discord.urls().get(0), discord.urls().get(1));

        JsonNode answer = home.json("targets", "test");

        assertThat(answer.get("targets")).hasSize(2);
        JsonNode first = answer.get("targets").get(0);
        assertThat(first.get("line").asInt()).isEqualTo(2);
        assertThat(first.get("ok").asBoolean()).isTrue();
        assertThat(first.get("state").asText()).isEqualTo("active");
        assertThat(first.get("channel").asText())
                .matches("[0-9]+")
                .isEqualTo(first.get("lane").asText());
        assertThat(first.get("guild").asText())
                .matches("[0-9]+")
                .isEqualTo(answer.get("targets").get(1).get("guild").asText());
        assertThat(first.get("max_blobs_per_request").asInt()).isEqualTo(10);
        assertThat(first.get("rate_limits")).hasSize(2);
        assertThat(first.get("rate_limits").get(0).get("requests").asInt()).isEqualTo(5);
        assertThat(first.get("rate_limits").get(1).get("seconds").asDouble()).isEqualTo(60.0);
        assertThat(first.has("put_seconds")).isTrue();
        assertThat(answer.get("warnings")).isEmpty();
        assertThat(discord.files()).as("files left behind").isZero();
    }

    @Test
    void peopleSeeOneLineForEachTargetFoldersIncluded() throws IOException {
        targets(discord.urls().get(0), "file:disk", discord.urls().get(1));

        List<String> lines = home.run("targets", "test").ends(0).out().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0))
                .startsWith("line 1: discord:")
                .contains(
                        "works: stored in", "channel ", "of server ", "10 files", "5 uploads of this webhook in 2.0 s");
        assertThat(lines.get(1)).startsWith("line 2: file:").contains("works: stored in");
        assertThat(lines.get(2)).startsWith("line 3: discord:");
        assertThat(Files.exists(home.folder.resolve(".encryption_key")))
                .as("a key")
                .isFalse();
    }

    @Test
    void webhooksThatShareAChannelAreWarnedAbout() throws IOException {
        targets(discord.urls().get(0), discord.urls().get(1), discord.urls().get(2));

        assertThat(home.run("targets", "test").ends(0).out())
                .contains("lines 1 and 3 share channel")
                .contains("More speed needs more channels");
        assertThat(home.json("targets", "test").get("warnings")).hasSize(1);
    }

    @Test
    void oneWebhookInTwoLinesIsOneTarget() throws IOException {
        String url = discord.urls().get(0);
        targets(url, url.replace("/api/", "/api/v9/") + "?wait=true");

        JsonNode answer = home.json("targets", "test");

        assertThat(answer.get("targets")).hasSize(1);
        assertThat(answer.get("targets").get(0).get("repeated_in").get(0).asInt())
                .isEqualTo(2);
        assertThat(answer.get("warnings").get(0).asText()).contains("line 2 names the same target as line 1");
    }

    @Test
    void aMalformedLineIsAnErrorWithItsNumberAndNothingOfItsText() throws IOException {
        targets("", discord.urls().get(0), "https://discord.com/api/webhooks/123/to ken");

        TestHome.Run run = home.run("targets", "test").ends(2);

        assertThat(run.err()).contains("line 3").doesNotContain("to ken");
    }

    @Test
    void whatDoesNotWorkIsToldAndTheOthersAreTried() throws IOException {
        targets(discord.urls().get(0), discord.urls().get(1));
        home.run("targets", "test").ends(0);
        discord.deleteWebhook(0);
        TestHome.Run run = home.run("--json", "targets", "test").ends(1);
        assertThat(run.json().get("targets").get(0).get("state").asText()).isEqualTo("gone");
        assertThat(run.json().get("targets").get(1).get("ok").asBoolean()).isTrue();

        TestHome.Run all = home.run("targets", "test").ends(1);
        assertThat(all.out()).contains("does not work: webhook").contains("works: stored in");
        discord.deleteWebhook(1);
        TestHome.Run none = home.run("targets", "test").ends(3);

        assertThat(all.out() + all.err() + none.out() + none.err() + run.out()).doesNotContain(discord.tokens());
    }
}
