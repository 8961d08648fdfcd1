package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WebCommandTest {

    private static final Pattern URL = Pattern.compile("the dashboard is at (http://\\S+)");

    @TempDir
    Path temp;

    TestHome home;

    @BeforeEach
    void fill() throws IOException {
        home = TestHome.inRealTime(temp.resolve("home"));
        home.write("d-synced/a.txt", "stored by a command");
        home.run("sync").ends(0);
    }

    /** A dashboard that runs while something is done with it. */
    private interface Use {
        void with(String url) throws Exception;
    }

    private int whileRunning(Use use, String... options) throws Exception {
        return whileRunning(use, new ByteArrayOutputStream(), options);
    }

    private int whileRunning(Use use, ByteArrayOutputStream err, String... options) throws Exception {
        Stop stop = new Stop();
        Surroundings around = new Surroundings(
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                home.environment,
                home.folder,
                Clock.systemUTC(),
                false,
                stop);
        List<String> arguments = new java.util.ArrayList<>(List.of("web", "--port", "0"));
        arguments.addAll(List.of(options));
        CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> Cli.run(around, arguments));
        Matcher said = URL.matcher("");
        while (!said.reset(err.toString(StandardCharsets.UTF_8)).find()) {
            assertThat(exit.isDone()).as("%s", err).isFalse();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        try {
            use.with(said.group(1));
        } finally {
            stop.request();
        }
        return exit.get();
    }

    private static JsonNode get(String url) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void syncThatTheDashboardMakesWritesFilesJsonToo() throws Exception {
        int exit = whileRunning(url -> {
            home.write("d-synced/by-dashboard.txt", "later");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url + "/api/sync"))
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode files = new ObjectMapper()
                    .readTree(home.folder.resolve("files.json").toFile());
            assertThat(files.get("files").has("by-dashboard.txt")).isTrue();
        });
        assertThat(exit).isZero();
    }

    @Test
    void commandsWorkBesideTheDashboardAndShowThereAtOnce() throws Exception {
        int exit = whileRunning(url -> {
            assertThat(get(url + "/api/files").at("/files/0/path").asText()).isEqualTo("a.txt");
            home.write("d-synced/b.txt", "later");
            home.run("sync").ends(0);
            assertThat(get(url + "/api/files").get("files")).hasSize(2);
            home.run("status").ends(0);
            home.run("check").ends(0);
        });
        assertThat(exit).isZero();
    }

    @Test
    void statusOverHttpHasEveryFieldOfTheCommand() throws Exception {
        Set<String> fields = new HashSet<>();
        Set<String> ofTargets = new HashSet<>();
        JsonNode command = home.json("status");
        command.fieldNames().forEachRemaining(fields::add);
        command.at("/targets/0").fieldNames().forEachRemaining(ofTargets::add);
        whileRunning(url -> {
            JsonNode status = get(url + "/api/status");
            fields.forEach(field -> assertThat(status.has(field)).as(field).isTrue());
            ofTargets.forEach(field ->
                    assertThat(status.at("/targets/0").has(field)).as(field).isTrue());
            assertThat(status.get("logical_bytes")).isEqualTo(command.get("logical_bytes"));
        });
    }

    @Test
    void watchSyncsByItself() throws Exception {
        home.write("dsync.toml", "interval = \"1h\"\n");
        whileRunning(
                url -> {
                    home.write("d-synced/seen.txt", "by itself");
                    while (get(url + "/api/files").get("files").size() < 2) {
                        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                    }
                },
                "--watch");
    }

    @Test
    void otherAddressWantsAPasswordAndSaysHowToGiveOne() {
        TestHome.Run run = home.run("web", "--host", "0.0.0.0", "--port", "0").ends(2);
        assertThat(run.err()).contains("DSYNC_WEB_PASSWORD");
        assertThat(home.run("web", "--port", "70000").ends(2).err()).contains("--port");
    }

    @Test
    void portThatIsTakenIsSaid() throws Exception {
        whileRunning(url -> {
            String port = url.substring(url.lastIndexOf(':') + 1);
            TestHome.Run run = home.run("web", "--port", port).ends(1);
            assertThat(run.err()).contains("port " + port, "--port");
        });
    }

    @Test
    @Tag("browser")
    @DisabledOnOs(OS.WINDOWS)
    void openShowsThePageInTheBrowserOfOnesChoice() throws Exception {
        Path chromium = Path.of("/usr/bin/chromium");
        Assumptions.assumeTrue(Files.isExecutable(chromium), "no " + chromium + " here");
        Path seen = temp.resolve("seen.html");
        browser("" + chromium + " --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="
                + temp.resolve("profile") + " --dump-dom \"$1\" > " + temp.resolve("dump") + " && mv "
                + temp.resolve("dump") + ' ' + seen);
        whileRunning(
                url -> {
                    while (Files.notExists(seen)) {
                        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                    }
                    assertThat(seen).content().contains("<title>", "Search all files", "Sync now");
                },
                "--open");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void browserThatDoesNotOpenIsSaidWithTheAddress() throws Exception {
        browser("exit 3");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        whileRunning(
                url -> {
                    while (!err.toString(StandardCharsets.UTF_8).contains("no browser could be opened; go to " + url)) {
                        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                    }
                },
                err,
                "--open");
    }

    private void browser(String does) throws IOException {
        Path script = Files.writeString(temp.resolve("browser.sh"), "#!/bin/sh\n" + does + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        home.environment.put("BROWSER", script.toString());
    }
}
