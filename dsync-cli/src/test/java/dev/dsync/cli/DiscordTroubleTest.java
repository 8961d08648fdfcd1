package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever happens to webhooks: the others go on, people are told, and nothing that was committed is lost. */
@Timeout(300)
class DiscordTroubleTest extends HomeOnDiscord {

    Path tree;

    DiscordTroubleTest() {
        super(3, Limits.AS_IN_LIFE);
    }

    @BeforeEach
    void fillTree() throws IOException {
        tree = home.folder.resolve("tree");
        Files.createDirectories(tree);
        random("big.bin", 7, 30_000_000);
        home.write("tree/notes.txt", "one\n");
    }

    private void random(String name, long seed, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Files.write(tree.resolve(name), content);
    }

    private void everythingComesBack(TestHome from) throws IOException {
        Path back = Files.createTempDirectory(temp, "back");
        from.run("restore", "--to", back.toString()).ends(0);
        assertThat(TreeText.of(back)).isEqualTo(TreeText.of(tree));
    }

    @Test
    void whatOnlyADeadWebhookHadIsNamedAndStoredAgain() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        JsonNode targets = home.json("status").get("targets");
        int dead = 0;
        while (targets.get(dead).get("packs_only_here").asLong() == 0) {
            dead++;
        }
        discord.deleteWebhook(dead);
        home.write("tree/later.txt", "later");
        TestHome.Run told = home.run("sync").ends(0);
        assertThat(told.err())
                .contains("is gone for good")
                .contains("no complete copy")
                .contains("big.bin");
        JsonNode again = home.json("sync");
        assertThat(again.get("bytes_stored").asLong()).isPositive();
        assertThat(home.json("sync").get("requests").asLong()).isZero();
        everythingComesBack(home);
        everythingComesBack(home.newMachine(temp.resolve("other")));
    }

    @Test
    void aWebhookThatDiesOnTheWayLeavesItsWorkToTheOthers() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        random("more.bin", 8, 30_000_000);
        discord.deleteWebhook(1);
        home.run("sync").ends(0);
        home.run("sync").ends(0);
        everythingComesBack(home);
    }

    @Test
    void damageOnTheWayIsFetchedOnceMore() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        discord.faults().next(Where.FILE, Fault.BIT_FLIPPED, 1);
        everythingComesBack(home);
    }
}
