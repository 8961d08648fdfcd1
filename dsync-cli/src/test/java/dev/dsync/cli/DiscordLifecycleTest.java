package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every command that works on a folder works on Discord. */
class DiscordLifecycleTest extends HomeOnDiscord {

    Path tree;

    DiscordLifecycleTest() {
        super(3, Limits.AS_IN_LIFE);
    }

    @BeforeEach
    void fillTree() throws IOException {
        tree = home.folder.resolve("tree");
        home.write("tree/notes.txt", "one\n");
        home.write("tree/sub/déjà vu ☃.md", "snow\n");
        Files.createDirectories(tree.resolve("empty/inner"));
        byte[] random = new byte[12_000_000];
        new Random(7).nextBytes(random);
        Files.write(tree.resolve("big.bin"), random);
    }

    @Test
    void whatIsSyncedTwiceComesBackWithoutLocalState() throws IOException {
        assertThat(home.json("sync", "--folder", "tree").get("added").asInt()).isEqualTo(3);
        Instant first = Instant.now();
        home.write("tree/notes.txt", "two\n");
        Files.delete(tree.resolve("sub/déjà vu ☃.md"));
        JsonNode second = home.json("sync");
        assertThat(second.get("changed").asInt()).isEqualTo(1);
        assertThat(second.get("deleted").asInt()).isEqualTo(1);
        var kept = TreeText.of(tree);

        TestHome.deleteTree(home.folder.resolve(".dsync"));
        TestHome.deleteTree(tree);
        JsonNode recover = home.json("recover");
        assertThat(recover.get("files").asInt()).isEqualTo(2);
        assertThat(home.json("restore", "--to", "tree").get("restored").asInt()).isPositive();
        assertThat(TreeText.of(tree)).isEqualTo(kept);
        assertThat(home.json("versions", "notes.txt").get("versions")).hasSize(2);
        assertThat(home.run("cat", "notes.txt", "--at", first.toString())
                        .ends(0)
                        .out())
                .isEqualTo("one\n");
        home.run("restore", "--to", "then", "--at", first.toString()).ends(0);
        assertThat(home.folder.resolve("then/sub/déjà vu ☃.md")).hasContent("snow\n");
    }

    @Test
    void prunedContentLeavesDiscordAndTheRestStays() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(home.json("rm", "big.bin").get("paths")).hasSize(1);
        long before = discord.bytes();
        JsonNode prune = home.json("prune", "--keep-deleted", "0s");
        assertThat(prune.get("versions_removed").asInt()).isEqualTo(2);
        assertThat(prune.get("bytes_freed").asLong()).isGreaterThan(11_900_000);
        assertThat(before - discord.bytes()).isGreaterThan(11_900_000);
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
        TestHome other = home.newMachine(temp.resolve("other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(other.folder.resolve("back/notes.txt")).hasContent("one\n");
    }

    @Test
    void evacuatedWebhookCanBeDeleted() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        var kept = TreeText.of(tree);
        String id = home.json("targets").get("targets").get(0).get("id").asText();
        assertThat(home.json("targets", "evacuate", id).get("retired").asBoolean())
                .isTrue();
        discord.deleteWebhook(0);
        home.write("webhooks.txt", String.join("\n", discord.urls().subList(1, 3)) + "\n");
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
        home.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(home.folder.resolve("back"))).isEqualTo(kept);
    }

    @Test
    void aWholeLifeEndsWithEverythingInItsPlace() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        byte[] other = new byte[9_000_000];
        new Random(8).nextBytes(other);
        Files.write(tree.resolve("big.bin"), other);
        home.write("tree/notes.txt", "two\n");
        home.run("sync").ends(0);
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        home.run("recover").ends(0);
        home.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(home.folder.resolve("back"))).isEqualTo(TreeText.of(tree));
        long before = discord.bytes();

        JsonNode prune = home.json("prune", "--keep-versions", "1", "--keep-within", "0s", "--keep-deleted", "0s");

        assertThat(prune.get("versions_removed").asInt()).isEqualTo(2);
        assertThat(prune.get("bytes_freed").asLong()).isPositive();
        assertThat(discord.bytes()).isLessThan(before);
        home.run("check", "--read-data").ends(0);
        assertThat(home.json("sync").get("requests").asLong()).isZero();
        TestHome machine = home.newMachine(temp.resolve("other"));
        machine.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(machine.folder.resolve("back"))).isEqualTo(TreeText.of(tree));
    }

    @Test
    void recordsAreVerifiedAndTold() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        JsonNode check = home.json("check", "--read-data");
        assertThat(check.get("errors")).isEmpty();
        assertThat(check.get("chunks_checked").asInt()).isGreaterThan(10);
        JsonNode status = home.json("status");
        assertThat(status.get("targets")).hasSize(3);
        assertThat(status.get("targets"))
                .allSatisfy(target -> assertThat(target.get("state").asText()).isEqualTo("active"));
        assertThat(home.json("targets").get("targets"))
                .allSatisfy(target -> assertThat(target.get("id").asText()).startsWith("discord:"));
        assertThat(home.json("targets", "test").get("targets"))
                .allSatisfy(target -> assertThat(target.get("state").asText()).isEqualTo("active"));
        assertThat(home.json("ls").get("files")).hasSize(3);
    }

    @Test
    void syncWithNothingNewSendsNothing() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        discord.tally().clear();
        assertThat(home.json("sync").get("requests").asLong()).isZero();
        home.run("status").ends(0);
        home.run("ls").ends(0);
        assertThat(discord.tally().requests()).isZero();
    }

    @Test
    void smallChangeCostsFewRequests() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        discord.tally().clear();
        home.write("tree/notes.txt", "two\n");
        JsonNode sync = home.json("sync");
        assertThat(sync.get("requests").asInt()).isEqualTo(discord.tally().requests());
        // One reads a root, one carries the pack, two the commit with its catalog, three edit the roots, one reads
        // back.
        assertThat(discord.tally()).hasToString("{GET message=2, PATCH message=3, POST webhook=3} answered {200=8}");
    }

    @Test
    void newMachineNeedsUrlsAndKeyAlone() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        TestHome other = home.newMachine(temp.resolve("other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(tree));
    }
}
