package dev.dsync.discord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a real webhook what the documentation leaves open, and prints it: the largest file and request, how long links
 * last, whether ranges work, the limits in the headers. Runs only with the URL of a webhook in {@code
 * DSYNC_LIVE_WEBHOOK}; posts and deletes some tens of megabytes.
 */
@EnabledIfEnvironmentVariable(named = "DSYNC_LIVE_WEBHOOK", matches = "https?://.*")
class LiveProbeTest {

    private static final int MEBIBYTE = 1024 * 1024;

    private final WebhookUrl url = WebhookUrl.parse(String.valueOf(System.getenv("DSYNC_LIVE_WEBHOOK")));
    private final List<String> posted = new ArrayList<>();

    @TempDir
    private Path folder;

    private static void found(String what, Object value) {
        System.out.println(what + ": " + value);
    }

    @Test
    void recordsWhatIsSo() throws IOException {
        Traffic traffic = new Traffic(
                folder,
                Clock.systemUTC(),
                duration -> Thread.sleep(duration.toMillis()),
                Rules.SILENCE_TIMEOUT,
                new SecureRandom());
        Gate gate = new Gate(traffic, traffic.lane("live"));
        WebhookCalls calls = new WebhookCalls(url, traffic, gate, () -> {});
        try {
            for (int bytes : new int[] {10 * MEBIBYTE - 1, 10 * MEBIBYTE, 20 * MEBIBYTE - 1, 20 * MEBIBYTE}) {
                found("a file of " + bytes, takes(calls, bytes, 1));
            }
            found("three packs in one request", takes(calls, 8_732_672, 3));
            found("three files of 9 MiB in one request", takes(calls, 9 * MEBIBYTE, 3));
            recordLink(traffic, calls);
            recordHeaders(traffic);
        } finally {
            for (String messageId : posted) {
                calls.delete(messageId);
            }
        }
    }

    private String takes(WebhookCalls calls, int bytes, int files) {
        List<ByteBuffer> contents = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            contents.add(ByteBuffer.allocate(bytes));
            names.add("probe" + i);
        }
        try {
            posted.add(calls.post(contents, names).path("id").asText());
            return "taken";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void recordLink(Traffic traffic, WebhookCalls calls) throws IOException {
        Message message = Message.of(calls.post(List.of(ByteBuffer.allocate(100_000)), List.of("probe")))
                .orElseThrow();
        posted.add(message.id());
        SignedLink link = SignedLink.of(message.attachments().get(0)).orElseThrow();
        found("a link lasts, in seconds", link.ends().getEpochSecond() - traffic.now() / 1000);
        Request request = new Request.Builder()
                .url(link.url())
                .header("Range", "bytes=10-19")
                .build();
        try (Response response = new OkHttpClient().newCall(request).execute()) {
            found("a range", response.code() + ", " + response.header("Content-Range"));
        }
    }

    private void recordHeaders(Traffic traffic) throws IOException {
        Request request = new Request.Builder()
                .url(url.webhook())
                .header("User-Agent", Rules.USER_AGENT)
                .build();
        try (Response response = traffic.client().newCall(request).execute()) {
            response.headers().names().stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit"))
                    .forEach(name -> found("GET webhook, " + name, response.header(name)));
        }
    }
}
