package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.discord.emulator.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks that are gone, from the start or later, and those that come back under a new URL. */
@Timeout(300)
class DiscordDeathTest extends HomeOnDiscord {

    DiscordDeathTest() {
        super(3, Limits.NONE);
    }

    @BeforeEach
    void start() throws IOException {
        useAll();
        home.write("tree/a.txt", "a");
    }

    private void useAll() throws IOException {
        home.write("webhooks.txt", String.join("\n", discord.urls()) + "\n");
    }

    private JsonNode target(int webhook) throws IOException {
        for (JsonNode target : home.json("status").get("targets")) {
            if (target.get("line").asInt() == webhook + 1) {
                return target;
            }
        }
        throw new AssertionError("no target of line " + (webhook + 1));
    }

    private String id(int webhook) {
        String url = discord.urls().get(webhook);
        return "discord:" + url.replaceAll(".*/webhooks/([0-9]+)/.*", "$1");
    }

    private void everythingComesBack() throws IOException {
        TestHome other = home.newMachine(Files.createTempDirectory(temp, "other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @Test
    void fromTheVeryStartIsToldByNumberAndPassedOver() throws IOException {
        discord.deleteWebhook(1);
        TestHome.Run run = home.run("sync", "--folder", "tree").ends(0);
        assertThat(run.err()).contains(id(1) + " is gone for good");
        assertThat(target(1).get("id").asText()).isEqualTo(id(1));
        assertThat(target(1).get("state").asText()).isEqualTo("retired");
        everythingComesBack();

        discord.tally().clear();
        TestHome.Run again = home.run("sync").ends(0);
        assertThat(again.err()).as("told once").doesNotContain("gone for good and");
        assertThat(discord.tally().requests()).as(discord.tally().toString()).isZero();
    }

    @Test
    void ofAllLaterIsToldAsTheLossOfWhatLayThere() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(home.json("status").get("packs_lost").asLong()).isZero();
        for (int i = 0; i < 3; i++) {
            discord.deleteWebhook(i);
        }
        home.write("tree/b.txt", "b");
        home.run("sync").ends(3);

        JsonNode status = home.json("status");
        assertThat(status.get("packs_lost").asLong()).isEqualTo(1);
        assertThat(status.get("survives_loss_of_any_target").asBoolean()).isFalse();
        assertThat(home.run("status").ends(0).out())
                .contains("1 pack lost: on targets that are gone for good")
                .doesNotContain("survives the loss");

        home.write("webhooks.txt", "file:instead\n");
        home.run("sync").ends(0);
        assertThat(home.json("status").get("packs_lost").asLong())
                .as("stored again")
                .isZero();
    }

    @Test
    void ofAllFromTheVeryStartIsThree() throws IOException {
        for (int i = 0; i < 3; i++) {
            discord.deleteWebhook(i);
        }
        assertThat(home.run("sync", "--folder", "tree").ends(3).err())
                .contains("no longer exists", "nothing of the folder can be restored yet", "Keep the key");
        assertThat(home.run("sync", "--folder", "tree").ends(3).err()).contains("gone for good");

        assertThat(home.run("status").ends(0).out()).contains("nothing is stored yet");
        assertThat(home.run("ls").ends(0).err()).contains("nothing is stored yet");
        home.write("webhooks.txt", "file:instead\n");
        home.run("sync").ends(0);
        assertThat(home.run("ls").ends(0).err()).isEmpty();
    }

    @Test
    void endsWithTheNewUrlOfTheSameWebhook() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        for (int i = 0; i < 3; i++) {
            discord.changeToken(i);
        }
        home.write("tree/b.txt", "b");
        home.run("sync").ends(3);
        home.run("sync").ends(3);

        useAll();
        TestHome.Run run = home.run("sync").ends(0);
        for (int i = 0; i < 3; i++) {
            assertThat(run.err()).contains(id(i) + " answers again");
            assertThat(target(i).get("state").asText()).isEqualTo("active");
        }
        everythingComesBack();
        discord.tally().clear();
        home.run("sync").ends(0);
        assertThat(discord.tally().requests()).as(discord.tally().toString()).isZero();
    }

    @Test
    void maySecondlyCostItsFilesAgainAndTheyAreStoredAgain() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        discord.changeToken(0);
        home.write("tree/b.txt", "b");
        home.run("sync");
        home.run("sync").ends(0);
        useAll();
        home.run("sync").ends(0);
        List<String> others = new ArrayList<>(discord.urls());
        String alone = others.remove(0);
        home.write("webhooks.txt", alone + "\n");
        home.write("tree/c.txt", "c");
        home.run("sync").ends(0);
        discord.changeToken(0);
        useAll();
        others.add(0, alone);
        home.write("webhooks.txt", String.join("\n", others) + "\n");
        home.write("tree/d.txt", "d");
        home.run("sync").ends(0);
        home.run("sync").ends(0);
        everythingComesBack();
    }

    @Test
    void isToldWithTheFilesThatHaveNoCopyAnyMore() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        int holder = 0;
        while (target(holder).get("packs_only_here").asLong() == 0) {
            holder++;
        }
        discord.deleteWebhook(holder);
        home.write("tree/b.txt", "b");
        TestHome.Run run = home.run("sync");
        if (!run.err().contains("no complete copy")) {
            // the others took what was new; the dead one is found out when a root goes there.
            run = home.run("sync");
        }
        assertThat(run.ends(0).err())
                .contains("is gone for good")
                .contains("no complete copy")
                .contains("a.txt");
        home.run("sync").ends(0);
        everythingComesBack();
    }

    @Test
    void isKnownToStatusFromTheCommandThatMetItUntilItAnswers() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(target(1).get("since").isNull()).isTrue();
        discord.deleteWebhook(1);
        assertThat(home.run("check").err()).contains(id(1) + " is gone for good");

        JsonNode gone = target(1);
        assertThat(gone.get("state").asText()).isEqualTo("retired");
        assertThat(gone.get("why").asText()).contains("no longer exists");
        assertThat(Instant.parse(gone.get("since").asText())).isBeforeOrEqualTo(Instant.now());
        for (String command : List.of("status", "targets")) {
            assertThat(home.run(command).ends(0).out())
                    .containsPattern(id(1) + " +retired")
                    .contains("found 2");
        }
        home.run("sync").ends(0);
        assertThat(target(1).get("since")).as("found then").isEqualTo(gone.get("since"));
        assertThat(target(0).get("state").asText()).isEqualTo("active");
    }

    @Test
    void isTakenBackWhenTheWebhookAnswersTheNextCommandThatAsks() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        discord.always(2, Fault.UNKNOWN_CHANNEL);
        home.run("check");
        assertThat(target(2).get("state").asText()).isEqualTo("retired");
        discord.heal();
        home.run("check").ends(0);
        assertThat(target(2).get("state").asText()).isEqualTo("active");
        assertThat(target(2).get("since").isNull()).isTrue();
    }
}
