package dev.dsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser without a window, spoken to in its own protocol (Chrome DevTools) over one web socket. That needs
 * nothing but Debian's package, and can do what drivers cannot: drop whole folders, count bytes, go offline.
 */
final class Chromium implements Closeable {

    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path profile;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<BiConsumer<String, JsonNode>> listeners = new CopyOnWriteArrayList<>();

    private Chromium(Process process, Path profile, String address) throws IOException {
        this.process = process;
        this.profile = profile;
        try {
            this.socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(address), new Messages())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("the browser does not answer", e);
        }
    }

    /** Starts one; where there is none, the test is skipped, unless DSYNC_BROWSER says that there must be one. */
    static Chromium start() throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            if ("required".equals(System.getenv("DSYNC_BROWSER"))) {
                throw new AssertionError(
                        PROGRAM + " is missing, and DSYNC_BROWSER=required: install Debian's chromium");
            }
            Assumptions.abort("no " + PROGRAM + " here");
        }
        Path profile = Files.createTempDirectory("dsync-chromium");
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-dev-shm-usage",
                        "--mute-audio",
                        "--autoplay-policy=no-user-gesture-required",
                        "--force-color-profile=srgb",
                        "--lang=en-GB",
                        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        return new Chromium(process, profile, address(process));
    }

    private static String address(Process process) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            int at = line.indexOf("ws://");
            if (line.startsWith("DevTools listening") && at >= 0) {
                Thread rest = new Thread(() -> said.lines().forEach(unused -> {}), "chromium-output");
                rest.setDaemon(true);
                rest.start();
                return line.substring(at).strip();
            }
        }
        throw new IOException("the browser ended before it could be reached");
    }

    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                arrived(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void arrived(String message) {
        try {
            JsonNode node = JSON.readTree(message);
            if (node.has("id")) {
                CompletableFuture<JsonNode> answer =
                        waiting.remove(node.get("id").asInt());
                if (answer != null) {
                    answer.complete(node);
                }
            } else {
                String session = node.path("sessionId").asText();
                listeners.forEach(listener -> listener.accept(session, node));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for something and waits for the answer. */
    JsonNode ask(String session, String method, ObjectNode parameters) {
        int number = numbers.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(number, answer);
        try {
            synchronized (socket) {
                socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            JsonNode found = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (found.has("error")) {
                throw new AssertionError(method + ": " + found.get("error"));
            }
            return found.path("result");
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the browser did not answer to " + method, e);
        }
    }

    void listen(BiConsumer<String, JsonNode> listener) {
        listeners.add(listener);
    }

    static ObjectNode with() {
        return JSON.createObjectNode();
    }

    /** A new window of a size, which shares nothing with any other. */
    Tab open(int width, int height) {
        String context = ask("", "Target.createBrowserContext", with())
                .get("browserContextId")
                .asText();
        String target = ask(
                        "",
                        "Target.createTarget",
                        with().put("url", "about:blank").put("browserContextId", context))
                .get("targetId")
                .asText();
        String session = ask(
                        "",
                        "Target.attachToTarget",
                        with().put("targetId", target).put("flatten", true))
                .get("sessionId")
                .asText();
        return new Tab(this, session, context, width, height);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
