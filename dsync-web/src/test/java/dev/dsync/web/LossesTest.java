package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossesTest {

    @TempDir
    Path home;

    @Test
    void lossOfATargetCostsAsManyFilesAsItIsSaidTo() throws Exception {
        Path lines = Files.writeString(home.resolve("webhooks.txt"), "file:one\n");
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            assertThat(dashboard.get("/api/losses").json().get("targets")).isEmpty();
            for (int i = 0; i < 8; i++) {
                // Some on each: while the line of one target is there, the other gets nothing.
                Files.writeString(lines, i < 3 ? "file:one\n" : "file:two\n");
                dashboard.upload("", i + ".bin", new byte[] {(byte) i}).is(201);
            }
            Files.writeString(lines, "file:one\nfile:two\n");
            JsonNode losses = dashboard.get("/api/losses").is(200).json();
            assertThat(losses.get("complete").asBoolean()).isTrue();
            JsonNode status = dashboard.get("/api/status").json();
            String first = status.at("/targets/0/line").asInt() == 1
                    ? status.at("/targets/0/id").asText()
                    : status.at("/targets/1/id").asText();
            assertThat(files(losses, "")).isEqualTo(8);
            assertThat(files(losses, first)).isEqualTo(3);
        }
    }

    /** Files that the loss of a target costs; of all targets together for none. */
    private static int files(JsonNode losses, String id) {
        int sum = 0;
        for (JsonNode target : losses.get("targets")) {
            if (id.isEmpty() || target.get("id").asText().equals(id)) {
                sum += target.get("files").asInt();
            }
        }
        return sum;
    }
}
