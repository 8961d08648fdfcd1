package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dsync.vault.Vault;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page hears while it is open. */
class EventsTest {

    @TempDir
    Path home;

    /** One that listens. */
    static final class Listener implements Closeable {

        private record Heard(String event, JsonNode data) {}

        private final List<Heard> heard = new CopyOnWriteArrayList<>();
        private final Call call;
        private final CompletableFuture<Void> reading;

        Listener(TestDashboard dashboard) throws IOException {
            call = dashboard
                    .client()
                    .newBuilder()
                    .readTimeout(0, TimeUnit.SECONDS)
                    .build()
                    .newCall(dashboard.request("/api/events").build());
            Response response = call.execute();
            assertThat(response.header("Content-Type")).startsWith("text/event-stream");
            reading = CompletableFuture.runAsync(() -> read(response));
        }

        private void read(Response response) {
            ObjectMapper json = new ObjectMapper();
            try (BufferedReader lines = new BufferedReader(response.body().charStream())) {
                String event = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        event = line.substring(7);
                    } else if (line.startsWith("data: ")) {
                        heard.add(new Heard(event, json.readTree(line.substring(6))));
                    }
                }
            } catch (IOException e) {
                if (!call.isCanceled()) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        boolean heard(String event, String path) {
            return heard.stream()
                    .anyMatch(each -> each.event().equals(event)
                            && each.data().path("path").asText().equals(path));
        }

        List<String> statesOf(String path) {
            return heard.stream()
                    .filter(each -> each.event().equals("progress")
                            && each.data().path("path").asText().equals(path))
                    .map(each -> each.data().path("state").asText())
                    .distinct()
                    .toList();
        }

        @Override
        public void close() {
            call.cancel();
            reading.join();
        }
    }

    @Test
    void changeByAnotherProcessIsHeard() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home);
                Listener listener = new Listener(dashboard)) {
            dashboard.write("d/new.txt", "new");
            dashboard.syncElsewhere();
            Eventually.holds(() -> listener.heard("file", "d/new.txt"));
            assertThat(dashboard.get("/api/content?path=d/new.txt").text()).isEqualTo("new");
            Files.delete(dashboard.synced.resolve("d/new.txt"));
            dashboard.write("other.txt", "other");
            dashboard.syncElsewhere();
            Eventually.holds(() -> listener.heard("file", "other.txt"));
            assertThat(dashboard.get("/api/files?path=d").json().get("files")).isEmpty();
        }
    }

    @Test
    void changesByOthersAreLookedForSoOftenThatTheyShowWithinTwoSeconds() {
        assertThat(CatalogWatch.EVERY).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void uploadIsFollowedThroughReadingSealingStoringToStored() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home);
                Listener listener = new Listener(dashboard)) {
            dashboard
                    .upload("d", "a.txt", "text".repeat(100_000).getBytes(StandardCharsets.UTF_8))
                    .is(201);
            Eventually.holds(() -> listener.heard("file", "d/a.txt"));
            Eventually.holds(() -> listener.statesOf("d/a.txt").contains("stored"));
            assertThat(listener.statesOf("d/a.txt")).containsExactly("reading", "sealing", "storing", "stored");
        }
    }

    @Test
    void dashboardHoldsNobodyUpAndWaitsForWhoHoldsTheHome() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home);
                Listener listener = new Listener(dashboard)) {
            dashboard.write("a.txt", "a");
            dashboard.post("/api/sync", "").is(200);
            CompletableFuture<TestDashboard.Answer> upload;
            try (Vault other = dashboard.writeElsewhere()) {
                upload = CompletableFuture.supplyAsync(() -> {
                    try {
                        return dashboard.upload("", "b.txt", new byte[] {1});
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
                Eventually.holds(() -> listener.heard.stream()
                        .anyMatch(each -> each.data().path("state").asText().equals("waiting")));
                assertThat(dashboard.get("/api/content?path=a.txt").is(200).text())
                        .isEqualTo("a");
                assertThat(upload).isNotDone();
                assertThat(other.status().files()).isEqualTo(1);
            }
            assertThat(upload.get().is(201).json().get("stored").asBoolean()).isTrue();
        }
    }

    @Test
    void watchingSyncsByItselfUntilItIsPaused() throws Exception {
        Watching.Sync[] changed = new Watching.Sync[1];
        List<String> listed = new CopyOnWriteArrayList<>();
        Watching watching = (folder, look) -> {
            changed[0] = look;
            return () -> changed[0] = null;
        };
        try (TestDashboard dashboard =
                TestDashboard.start(home, "127.0.0.1", Optional.empty(), Optional.of(watching))) {
            assertThat(dashboard.get("/api/state").json().get("watching").asText())
                    .isEqualTo("on");
            dashboard.write("seen.txt", "x");
            assertThat(changed[0].run(folder -> listed.add(folder.value()))).isTrue();
            assertThat(listed).contains("");
            Eventually.holds(() -> dashboard.get("/api/content?path=seen.txt").status() == 200);
            dashboard.post("/api/watch", "{\"paused\":true}").is(200);
            assertThat(changed[0]).isNull();
            assertThat(dashboard.get("/api/state").json().get("watching").asText())
                    .isEqualTo("paused");
            dashboard.post("/api/watch", "{\"paused\":false}").is(200);
            assertThat(changed[0]).isNotNull();
        }
    }

    @Test
    void checkTellsItsProgressAndWhatItFound() throws Exception {
        try (TestDashboard dashboard = TestDashboard.start(home);
                Listener listener = new Listener(dashboard)) {
            dashboard.upload("", "a.txt", new byte[100_000]).is(201);
            dashboard.post("/api/check", "{\"read_percent\":100}").is(202);
            Eventually.holds(() ->
                    dashboard.get("/api/check").json().get("state").asText().equals("done"));
            JsonNode found = dashboard.get("/api/check").json();
            assertThat(found.get("chunks_checked").asInt()).isPositive();
            assertThat(found.get("errors")).isEmpty();
            Eventually.holds(() -> listener.heard.stream()
                    .anyMatch(each -> each.data().path("kind").asText().equals("check")
                            && each.data().path("state").asText().equals("done")));
            dashboard.post("/api/check", "{\"read_percent\":101}").is(400);
        }
    }
}
