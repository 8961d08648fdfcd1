package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ActivityTest {

    private static final String LINE = "{\"time\":\"2026-01-01T00:00:00Z\",\"weight\":\"done\",\"text\":\"long ago\"}";

    @TempDir
    Path home;

    private Path file() {
        return home.resolve("logs/activity.log");
    }

    private static JsonNode entries(TestDashboard dashboard) throws IOException {
        return dashboard.get("/api/activity").is(200).json().get("entries");
    }

    @Test
    void whatWasDoneIsKnownAfterARestart() throws Exception {
        JsonNode before;
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            dashboard.upload("", "a.txt", new byte[] {1}).is(201);
            dashboard.delete("/api/files?path=a.txt").is(200);
            before = entries(dashboard);
            assertThat(before.get(0).get("text").asText()).contains("deleted a.txt");
        }
        try (TestDashboard again = TestDashboard.start(home)) {
            assertThat(entries(again)).isEqualTo(before);
        }
    }

    @Test
    void syncOfAnotherProcessIsListedOnceAndOnesOwnOnlyAsOnesOwn() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            dashboard.upload("", "own.txt", new byte[] {1}).is(201);
            dashboard.write("d/one.txt", "1");
            dashboard.write("d/two.txt", "2");
            dashboard.syncElsewhere();
            Eventually.holds(() -> told(dashboard, "outside the dashboard: 2 stored, 0 deleted") == 1);
            Files.delete(dashboard.synced.resolve("d/one.txt"));
            dashboard.syncElsewhere();
            Eventually.holds(() -> told(dashboard, "outside the dashboard: 0 stored, 1 deleted") == 1);
            dashboard.upload("", "own too.txt", new byte[] {2}).is(201);
            dashboard.write("last.txt", "3");
            dashboard.syncElsewhere();
            Eventually.holds(() -> told(dashboard, "outside the dashboard: 1 stored, 0 deleted") == 1);
            assertThat(told(dashboard, "outside the dashboard")).isEqualTo(3);
        }
    }

    private static long told(TestDashboard dashboard, String text) throws IOException {
        return entries(dashboard).findValuesAsText("text").stream()
                .filter(entry -> entry.contains(text))
                .count();
    }

    @Test
    void linesThatAreNoEntriesAreLeftOutAndTheFileStaysSmall() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"time\":\"20");
        Files.write(
                file(), Collections.nCopies(1, "\n[1]\n{\"text\":1}\nnull"), java.nio.file.StandardOpenOption.APPEND);
        Files.write(file(), Collections.nCopies(3000, LINE), java.nio.file.StandardOpenOption.APPEND);
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            assertThat(entries(dashboard)).hasSize(500);
            dashboard.upload("", "a.txt", new byte[] {1}).is(201);
            assertThat(entries(dashboard)).hasSize(500);
            assertThat(Files.readAllLines(file())).hasSizeLessThanOrEqualTo(510);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerMayReadIt() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home)) {
            dashboard.upload("", "a.txt", new byte[] {1}).is(201);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }
}
