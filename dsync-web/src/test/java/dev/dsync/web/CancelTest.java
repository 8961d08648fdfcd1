package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are taken back after they landed. */
class CancelTest {

    @TempDir
    Path home;

    TestDashboard dashboard;

    @BeforeEach
    void start() throws IOException {
        dashboard = TestDashboard.start(home);
    }

    @AfterEach
    void stop() throws IOException {
        dashboard.close();
    }

    private void land(String folder, String name, String content) throws IOException {
        dashboard
                .upload(folder, name, content.getBytes(StandardCharsets.UTF_8), "Prefer", "respond-async")
                .is(201);
    }

    private JsonNode cancel(String... paths) throws IOException {
        String list = "[\"" + String.join("\",\"", paths) + "\"]";
        return dashboard
                .send(dashboard
                        .request("/api/uploads")
                        .delete(RequestBody.create("{\"paths\":" + list + "}", MediaType.get("application/json")))
                        .build())
                .is(200)
                .json()
                .get("files");
    }

    private JsonNode versions(String path) throws IOException {
        return dashboard.get("/api/versions?path=" + path).is(200).json().get("versions");
    }

    /** Lets the home go once something holds: until then no sync can have begun. */
    private static Thread closeWhen(Vault elsewhere, Eventually.Condition holds) {
        return then(holds, elsewhere);
    }

    /** Does something in a thread of its own once something else holds. */
    private static Thread then(Eventually.Condition holds, AutoCloseable action) {
        Thread thread = new Thread(() -> {
            try {
                Eventually.holds(holds);
                action.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void nothingIsKeptOfAFileTakenBackBeforeItWasStored() throws Exception {
        dashboard.upload("", "first.txt", new byte[] {1}).is(201);
        Vault elsewhere = dashboard.writeElsewhere();
        land("made/for it", "a.txt", "unwanted");
        Thread letting = closeWhen(elsewhere, () -> Files.notExists(dashboard.synced.resolve("made")));
        JsonNode ends = cancel("made/for it/a.txt");
        letting.join();
        assertThat(ends).hasSize(1);
        assertThat(ends.get(0).get("state").asText()).isEqualTo("cancelled");
        dashboard.get("/api/versions?path=made/for%20it/a.txt").is(404);
        try (var left = Files.list(dashboard.synced)) {
            assertThat(left).containsExactly(dashboard.synced.resolve("first.txt"));
        }
    }

    @Test
    void fileThatWasReplacedIsBack() throws Exception {
        Path plan = dashboard.synced.resolve("plan.txt");
        dashboard
                .upload("", "plan.txt", "the old plan".getBytes(StandardCharsets.UTF_8))
                .is(201);
        Vault elsewhere = dashboard.writeElsewhere();
        land("", "plan.txt", "another");
        Thread letting = closeWhen(elsewhere, () -> Files.readString(plan).equals("the old plan"));
        JsonNode ends = cancel("plan.txt");
        letting.join();
        assertThat(ends.get(0).get("state").asText()).isEqualTo("cancelled");
        assertThat(ends.get(0).get("replaced").asBoolean()).isTrue();
        assertThat(versions("plan.txt")).hasSize(1);
        assertThat(dashboard.get("/api/content?path=plan.txt").text()).isEqualTo("the old plan");
    }

    @Test
    void fileStoredAlreadyStaysAndSaysSo() throws Exception {
        dashboard.upload("", "a.txt", new byte[] {1, 2}).is(201);
        assertThat(cancel("a.txt").get(0).get("state").asText()).isEqualTo("too_late");
        assertThat(dashboard.synced.resolve("a.txt")).hasBinaryContent(new byte[] {1, 2});
    }

    @Test
    void fileThatSomebodyChangedMeanwhileStays() throws Exception {
        dashboard.upload("", "first.txt", new byte[] {1}).is(201);
        try (Vault elsewhere = dashboard.writeElsewhere()) {
            land("", "a.txt", "landed");
            Files.writeString(dashboard.synced.resolve("a.txt"), "changed by hand");
            assertThat(cancel("a.txt").get(0).get("state").asText()).isEqualTo("changed");
            assertThat(elsewhere.catalog().versions().newest(RelativePath.of("a.txt")))
                    .isEmpty();
        }
        assertThat(dashboard.synced.resolve("a.txt")).hasContent("changed by hand");
    }

    @Test
    void longFileTakenBackWhileItIsReadIsNoTroubleAndNotKeptUnsaid() throws Exception {
        byte[] content = new byte[40_000_000];
        new Random(3).nextBytes(content);
        HeldPuts targets = new HeldPuts();
        dashboard.close();
        dashboard = TestDashboard.on(home, targets);
        dashboard.upload("", "long.bin", content, "Prefer", "respond-async").is(201);
        // else all of it could be stored before anybody asks to have it back
        Path landed = dashboard.synced.resolve("long.bin");
        Thread letting = then(() -> Files.notExists(landed), targets::letGo);
        String state = cancel("long.bin").get(0).get("state").asText();
        letting.join();
        assertThat(state).isIn("cancelled", "deleted");
        assertThat(dashboard.synced.resolve("long.bin")).doesNotExist();
        boolean inTrash = dashboard.get("/api/trash").text().contains("long.bin");
        assertThat(inTrash).isEqualTo(state.equals("deleted"));
        assertThat(dashboard.get("/api/activity").text()).doesNotContain("could not be stored");
        assertThat(dashboard.get("/api/files").json().get("files")).isEmpty();
    }

    @Test
    void uploadThatARuleLeavesOutIsToldToBeOnlyInTheFolder() throws Exception {
        try (EventsTest.Listener listener = new EventsTest.Listener(dashboard)) {
            land("", "left.excluded", "x");
            Eventually.holds(() -> listener.statesOf("left.excluded").contains("kept"));
        }
        assertThat(dashboard.synced.resolve("left.excluded")).exists();
    }

    @Test
    void nextStartRemovesWhatAKilledDashboardLeftHalfDoneAndNothingElse() throws Exception {
        Path synced = Files.createDirectories(dashboard.synced);
        String name = new Temporaries(new Random(1)).next();
        Path own = Files.writeString(synced.resolve(name), "half");
        Path others = Files.writeString(
                synced.resolve(".dsync-tmp-upload-0-" + ProcessHandle.current().pid() + "-1"), "x");
        long another = ProcessHandle.current().parent().orElseThrow().pid();
        Path alive = Files.writeString(
                synced.resolve(name.replace("-" + ProcessHandle.current().pid() + "-", "-" + another + "-")), "x");
        dashboard.close();
        dashboard = TestDashboard.start(home);
        assertThat(own).doesNotExist();
        assertThat(others).exists();
        assertThat(alive).exists();
    }
}
