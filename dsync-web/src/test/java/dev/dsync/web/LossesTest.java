package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossesTest {

    @TempDir
    Path home;

    @Test
    void lossOfATargetCostsAsManyFilesAsItIsSaidTo() throws Exception {
        Files.writeString(home.resolve("webhooks.txt"), "file:one\nfile:two\n");
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            assertThat(dashboard.get("/api/losses").json().get("targets")).isEmpty();
            for (int i = 0; i < 8; i++) {
                dashboard.upload("", i + ".bin", new byte[] {(byte) i}).is(201);
            }
            JsonNode losses = dashboard.get("/api/losses").is(200).json();
            assertThat(losses.get("complete").asBoolean()).isTrue();
            JsonNode status = dashboard.get("/api/status").json();
            String first = status.at("/targets/0/line").asInt() == 1
                    ? status.at("/targets/0/id").asText()
                    : status.at("/targets/1/id").asText();
            assertThat(files(losses, "")).isEqualTo(8);
            emptyAll(home.resolve("one"));
            int lost = 0;
            for (int i = 0; i < 8; i++) {
                lost += dashboard.get("/api/content?path=" + i + ".bin").status() == 200 ? 0 : 1;
            }
            assertThat(files(losses, first)).isEqualTo(lost);
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

    /** The folder itself stays: a target that is away altogether is asked again and again. */
    private static void emptyAll(Path folder) throws IOException {
        List<Path> all;
        try (var found = Files.walk(folder)) {
            all = found.filter(Files::isRegularFile).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
