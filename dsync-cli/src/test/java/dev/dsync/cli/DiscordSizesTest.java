package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Discord takes less than expected: packs and requests become smaller, and no sync fails of it. */
@Timeout(300)
class DiscordSizesTest extends HomeOnDiscord {

    private static final int LEAST_PACK = 5 << 20;

    Path tree;

    DiscordSizesTest() {
        super(2, Limits.NONE);
    }

    @BeforeEach
    void start() throws IOException {
        tree = home.folder.resolve("tree");
        Files.createDirectories(tree);
        random("big.bin", 7, 20_000_000);
    }

    private void random(String name, long seed, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Files.write(tree.resolve(name), content);
    }

    private void everythingComesBack() throws IOException {
        TestHome other = home.newMachine(Files.createTempDirectory(temp, "other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(tree));
    }

    @Test
    void smallerFilesFromTheFirstSyncOn() throws IOException {
        discord.rules().fileBytesRefused = 7_000_000;
        home.run("sync", "--folder", "tree").ends(0);
        everythingComesBack();

        discord.tally().clear();
        random("more.bin", 8, 20_000_000);
        home.run("sync").ends(0);
        assertThat(discord.tally().answers(413)).as("what was learned is kept").isZero();
        everythingComesBack();
    }

    @Test
    void smallerFilesFromOneSyncToTheNext() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        discord.rules().fileBytesRefused = 6_000_000;
        random("more.bin", 8, 20_000_000);
        home.run("sync").ends(0);
        everythingComesBack();
    }

    @Test
    void smallerFilesInTheMiddleOfASync() throws IOException {
        random("more.bin", 8, 20_000_000);
        discord.after("POST webhook", 1, () -> discord.rules().fileBytesRefused = 8_000_000);
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(discord.tally().answers(413)).isPositive();
        everythingComesBack();
    }

    @Test
    void smallerRequestsAreNoReasonForSmallerPacks() throws IOException {
        discord.rules().requestBytes = 12_000_000;
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(discord.largestFile()).isGreaterThan(8_000_000);
        everythingComesBack();
    }

    @Test
    void aWebhookThatTakesTooLittleIsOfNoUseAndSaysSo() throws IOException {
        discord.rules().fileBytesRefused = LEAST_PACK;
        TestHome.Run run = home.run("sync", "--folder", "tree").ends(3);
        assertThat(run.err()).contains("at least " + LEAST_PACK + " bytes");
        assertThat(home.run("sync").ends(3).err()).contains("at least " + LEAST_PACK + " bytes");

        int files = discord.files();
        home.write("webhooks.txt", String.join("\n", discord.urls()) + "\nfile:" + temp.resolve("here") + "\n");
        assertThat(home.run("sync").ends(0).err()).contains("at least " + LEAST_PACK + " bytes");
        assertThat(discord.files()).isEqualTo(files);
        everythingComesBack();
    }
}
