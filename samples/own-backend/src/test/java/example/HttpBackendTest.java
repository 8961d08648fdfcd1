package example;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.source.ExcludeRules;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendContract;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backend keeps the contract of all backends, against a small web server of the test's own. */
class HttpBackendTest extends StorageBackendContract {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/dsync/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/dsync/");
    }

    @Override
    protected StorageBackend open() {
        return new HttpBackend(address(), new SecureRandom());
    }

    @Test
    void aLineOfWebhooksTxtIsAllAHomeNeeds(@TempDir Path temp) throws Exception {
        Path home = Files.createDirectory(temp.resolve("home"));
        Path notes = Files.createDirectory(home.resolve("notes"));
        Files.writeString(home.resolve("webhooks.txt"), address().toString());
        Files.writeString(notes.resolve("today.txt"), "call Ada");
        try (Vault vault = Vault.in(home).open()) {
            vault.setSyncedFolder(notes, false);
            vault.sync(SyncOptions.standard(), ExcludeRules.NONE, SyncEvent.Listener.SILENT);
            vault.restore(RestoreOptions.everythingTo(temp.resolve("copy")), RestoreEvent.Listener.SILENT);
        }
        assertThat(temp.resolve("copy/today.txt")).hasContent("call Ada");
        assertThat(stored).containsKey("/dsync/root");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] content = stored.get(path);
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                stored.put(path, exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(201, -1);
            }
            case "DELETE" -> exchange.sendResponseHeaders(stored.remove(path) == null ? 404 : 204, -1);
            case "HEAD" -> {
                if (content != null) {
                    exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
                }
                exchange.sendResponseHeaders(content == null ? 404 : 200, -1);
            }
            default -> give(exchange, content);
        }
        exchange.close();
    }

    private static void give(HttpExchange exchange, byte[] content) throws IOException {
        String wanted = exchange.getRequestHeaders().getFirst("Range");
        Matcher range = RANGE.matcher(wanted == null ? "" : wanted);
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
        } else if (!range.matches()) {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } else if (Long.parseLong(range.group(1)) >= content.length) {
            exchange.sendResponseHeaders(416, -1);
        } else {
            int from = Integer.parseInt(range.group(1));
            long end = Math.min(content.length, Long.parseLong(range.group(2)) + 1);
            byte[] part = Arrays.copyOfRange(content, from, (int) end);
            exchange.sendResponseHeaders(206, part.length);
            exchange.getResponseBody().write(part);
        }
    }
}
