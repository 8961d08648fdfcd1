package dev.dsync.discord;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * One answer of Discord's interface: status, headers, and the JSON of its body, missing if the body is none.
 *
 * @param text the beginning of the body
 */
record Answer(int status, Headers headers, JsonNode json, String text) {

    /** Far more than any answer has: what is longer is not from Discord. */
    private static final int LONGEST = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(Response response) throws IOException {
        BufferedSource body = response.body().source();
        body.request(LONGEST);
        if (body.getBuffer().size() > LONGEST) {
            throw new IOException("an answer of more than " + LONGEST + " bytes");
        }
        return of(response.code(), response.headers(), body.readUtf8());
    }

    static Answer of(int status, Headers headers, String text) {
        return new Answer(status, headers, parse(text), text);
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JacksonException e) {
            // pages of proxies are HTML: not being JSON is all there is to know
            return MissingNode.getInstance();
        }
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Discord's own code for the error; -1 if there is none. */
    int code() {
        return json.path("code").asInt(-1);
    }

    /** How long it asks to wait: the longer of what body and header say, at most a day; zero if they say nothing. */
    Duration retryAfter() {
        double seconds = Math.max(json.path("retry_after").asDouble(0), seconds(headers.get("Retry-After")));
        return Duration.ofMillis((long) Math.ceil(Math.max(0, Math.min(seconds, 86_400)) * 1000));
    }

    private static double seconds(@Nullable String text) {
        try {
            return text == null ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            // the other form of this header is a date, which Discord does not send
            return 0;
        }
    }

    /** Who shares the limit that was hit: {@code user}, {@code global} or {@code shared}. */
    String scope() {
        if (json.path("global").asBoolean() || headers.get("X-RateLimit-Global") != null) {
            return "global";
        }
        String scope = headers.get("X-RateLimit-Scope");
        return scope == null ? "user" : scope;
    }
}
