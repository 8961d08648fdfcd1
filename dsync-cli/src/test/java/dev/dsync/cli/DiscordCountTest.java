package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DiscordCountTest {

    @TempDir
    Path temp;

    @Test
    void uploadsWhoseReplyWasLostAreShownFromRunToRun() throws IOException {
        try (Emulator discord = Emulator.start(Clock.systemUTC(), 2, 2)) {
            TestHome home = TestHome.inRealTime(temp.resolve("home"));
            home.write("webhooks.txt", String.join("\n", discord.urls()) + "\n");
            home.write("tree/a.txt", "a");
            discord.faults().next(Where.UPLOAD, Fault.REPLY_LOST, 1);
            home.run("sync", "--folder", "tree").ends(0);
            for (int run = 0; run < 2; run++) {
                JsonNode status = home.json("status");
                assertThat(status.get("uploads_repeated").asLong()).isEqualTo(1);
                assertThat(status.get("targets").findValuesAsText("uploads_repeated"))
                        .containsExactlyInAnyOrder("0", "1");
                assertThat(home.run("status").out()).contains("1 upload made again because a reply was lost");
            }
        }
    }
}
