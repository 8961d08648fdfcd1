package dev.dsync.discord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks a webhook what the documentation leaves open: the largest file and request, how long links last, whether ranges
 * work, the limits in the headers of each route. It deletes what it posts, and changes nothing else.
 */
final class LiveProbe {

    private static final int PACK = 8_732_672;

    private final WebhookUrl url;
    private final Traffic traffic;
    private final WebhookCalls calls;
    private final List<String> posted = new ArrayList<>();
    private final Map<String, String> found = new LinkedHashMap<>();

    LiveProbe(String webhook, Path folder, Clock clock, Sleeper sleeper) {
        this.url = WebhookUrl.parse(webhook);
        this.traffic = new Traffic(folder, clock, sleeper, Rules.SILENCE_TIMEOUT, new SecureRandom(), () -> false);
        this.calls = new WebhookCalls(
                url, traffic, new Gate(traffic, traffic.lane("live"), traffic.buckets(url.id())), () -> {});
    }

    /**
     * What was found, by what was asked.
     *
     * @param files sizes of single files to try, in bytes
     * @param requests bytes of all files of requests to try; each is sent as three files
     */
    Map<String, String> run(List<Integer> files, List<Integer> requests) throws IOException {
        try {
            for (int bytes : files) {
                found.put("a file of " + bytes, takes(List.of(bytes)));
            }
            found.put("three packs in one request", takes(List.of(PACK, PACK, PACK)));
            for (int bytes : requests) {
                found.put(
                        "three files of together " + bytes,
                        takes(List.of(bytes - 2 * (bytes / 3), bytes / 3, bytes / 3)));
            }
            recordLink();
            recordHeaders();
        } finally {
            for (String messageId : posted) {
                calls.patiently(() -> {
                    calls.delete(messageId);
                    return messageId;
                });
            }
        }
        return found;
    }

    private String takes(List<Integer> sizes) {
        List<ByteBuffer> contents = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int size : sizes) {
            names.add("probe" + contents.size());
            contents.add(ByteBuffer.allocate(size));
        }
        try {
            posted.add(calls.post(contents, names).path("id").asText());
            return "taken";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void recordLink() throws IOException {
        Message message = Message.of(calls.post(List.of(ByteBuffer.allocate(100_000)), List.of("probe")))
                .orElseThrow();
        posted.add(message.id());
        SignedLink link = SignedLink.of(message.attachments().get(0)).orElseThrow();
        found.put("a link lasts, in seconds", String.valueOf(link.ends().getEpochSecond() - traffic.now() / 1000));
        Request request = new Request.Builder()
                .url(link.url())
                .header("User-Agent", Rules.USER_AGENT)
                .header("Range", "bytes=10-19")
                .build();
        try (Response response = traffic.client().newCall(request).execute()) {
            found.put("a range", response.code() + ", " + response.header("Content-Range"));
        }
    }

    /** These go past the gate, which would take in the headers: so first comes a pause in which every limit has room. */
    private void recordHeaders() throws IOException {
        try {
            traffic.sleep(Rules.CHANNEL_SPAN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        RequestBody text = RequestBody.create("{\"content\":\"probe\"}", okhttp3.MediaType.get("application/json"));
        record("GET webhook", request(url.webhook()));
        String messageId = record("POST", request(url.post()).post(text));
        record("GET message", request(url.message(messageId)));
        record("PATCH message", request(url.message(messageId)).patch(text));
        record("DELETE message", request(url.message(messageId)).delete());
    }

    private static Request.Builder request(okhttp3.HttpUrl target) {
        return new Request.Builder().url(target).header("User-Agent", Rules.USER_AGENT);
    }

    private String record(String route, Request.Builder request) throws IOException {
        try (Response response = traffic.client().newCall(request.build()).execute()) {
            String headers = response.headers().names().stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("x-ratelimit"))
                    .map(name -> name + "=" + response.header(name))
                    .collect(Collectors.joining(", "));
            found.put(route, response.code() + ", " + headers);
            return Answer.of(response).json().path("id").asText();
        }
    }
}
