package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What work costs in requests. The original program sent one request a file. */
class DiscordFiguresTest extends HomeOnDiscord {

    private static final int WEBHOOKS = 3;
    private static final long MOST_BYTES_FOR_A_SMALL_FILE = 512 << 10;

    DiscordFiguresTest() {
        super(WEBHOOKS, Limits.AS_IN_LIFE);
    }

    private void fill(int files) throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < files; i++) {
            byte[] content = new byte[random.nextInt(4097)];
            random.nextBytes(content);
            Path file = home.folder.resolve("tree/" + i % 250 + "/" + i);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
    }

    @Test
    void twentyThousandSmallFilesCostFewRequests() throws IOException {
        fill(20_000);
        JsonNode sync = home.json("sync", "--folder", "tree");
        assertThat(sync.get("added").asInt()).isEqualTo(20_000);
        int requests = discord.tally().requests();
        assertThat(requests).as(discord.tally().toString()).isLessThanOrEqualTo(5 + 4 * WEBHOOKS);
        assertThat(sync.get("requests").asInt()).isEqualTo(requests);

        discord.tally().clear();
        assertThat(home.json("sync").get("requests").asInt()).isZero();
        assertThat(discord.tally().requests()).isZero();
        oneSmallFileComesBackCheaply();
    }

    private void oneSmallFileComesBackCheaply() throws IOException {
        Path file = home.folder.resolve("tree/17/17");
        byte[] content = Files.readAllBytes(file);
        home.run("restore", "17/17", "--to", "back").ends(0);
        assertThat(home.folder.resolve("back/17/17")).hasBinaryContent(content);
        assertThat(discord.tally().requests()).as(discord.tally().toString()).isLessThanOrEqualTo(2);
        assertThat(discord.tally().fileBytes()).as("bytes fetched").isBetween(1L, MOST_BYTES_FOR_A_SMALL_FILE);
    }
}
