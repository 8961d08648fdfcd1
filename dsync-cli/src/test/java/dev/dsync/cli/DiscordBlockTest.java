package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Discord refuses this internet address: all of it stops at once, nothing is lost, and the next run goes on. */
@Timeout(300)
class DiscordBlockTest extends HomeOnDiscord {

    DiscordBlockTest() {
        super(3, Limits.NONE);
    }

    @BeforeEach
    void syncToThreeWebhooks() throws IOException {
        home.write("tree/old.txt", "old");
        home.run("sync", "--folder", "tree").ends(0);
        home.write("tree/new.txt", "new");
        discord.tally().clear();
    }

    private void theNextRunFinishesIt() throws IOException {
        discord.faults().none();
        home.run("sync").ends(0);
        TestHome other = home.newMachine(temp.resolve("other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKED_JSON", "BLOCKED_1015", "BLOCKED_1020", "BLOCKED_1010", "BLOCKED_40333"})
    void ofTheFirstQuestionCostsThatOneRequest(Fault block) throws IOException {
        discord.faults().next(Where.API, block, 1);
        TestHome.Run run = home.run("sync").ends(3);
        assertThat(run.err()).contains("blocked this internet address");
        assertThat(discord.tally().requests()).as(discord.tally().toString()).isEqualTo(1);
        theNextRunFinishesIt();
    }

    @ParameterizedTest
    @EnumSource(names = {"BLOCKED_JSON", "BLOCKED_1015", "BLOCKED_1020", "BLOCKED_1010", "BLOCKED_40333"})
    void ofAnUploadIsNeverTakenForSuccess(Fault block) throws IOException {
        discord.faults().next(Where.UPLOAD, block, 1);
        TestHome.Run run = home.run("sync").ends(3);
        assertThat(run.err()).contains("blocked this internet address");
        assertThat(discord.tally().requests("POST webhook")).isEqualTo(1);
        theNextRunFinishesIt();
    }

    @Test
    void ofTheRootLosesNothing() throws IOException {
        discord.faults().next(Where.EDIT, Fault.BLOCKED_40333, 1);
        home.run("sync");
        theNextRunFinishesIt();
    }

    @Test
    void stopsNoFolder() throws IOException {
        home.write("webhooks.txt", String.join("\n", discord.urls()) + "\nfile:here\n");
        home.run("sync").ends(0);
        home.write("tree/newer.txt", "newer");
        discord.faults().next(Where.API, Fault.BLOCKED_1015, 1);
        discord.tally().clear();
        TestHome.Run run = home.run("sync").ends(0);
        assertThat(run.err()).contains("blocked this internet address");
        assertThat(discord.tally().requests()).as(discord.tally().toString()).isEqualTo(1);
        TestHome other = new TestHome(temp.resolve("other"));
        other.write("webhooks.txt", "file:" + home.folder.resolve("here") + "\n");
        Files.copy(home.folder.resolve(".encryption_key"), other.folder.resolve(".encryption_key"));
        other.run("restore", "newer.txt", "--to", "back").ends(0);
        assertThat(other.folder.resolve("back/newer.txt")).hasContent("newer");
    }

    @Test
    void endsARestoreAtOnce() throws IOException {
        discord.faults().next(Where.API, Fault.BLOCKED_1015, 1);
        TestHome.Run run = home.run("restore", "--to", "back");
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.out() + run.err()).contains("blocked this internet address");
        assertThat(discord.tally().requests()).as(discord.tally().toString()).isEqualTo(1);
    }
}
