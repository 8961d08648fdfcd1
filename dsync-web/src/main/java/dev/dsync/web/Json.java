package dev.dsync.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Answers and requests in JSON. */
final class Json {

    /** Smaller answers fit into a few packets as they are. */
    private static final int WORTH_COMPRESSING = 4096;

    /** Marks a request that got an answer in JSON, also one of failure. */
    static final String ANSWERED = "dsync.answered";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String text(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void answer(Context context, JsonNode value) {
        answer(context, 200, value);
    }

    static void answer(Context context, int status, JsonNode value) {
        try {
            byte[] bytes = MAPPER.writeValueAsBytes(value);
            context.status(status).contentType("application/json").header("Cache-Control", "no-store");
            String accepted = context.header("Accept-Encoding");
            if (bytes.length >= WORTH_COMPRESSING && accepted != null && accepted.contains("gzip")) {
                bytes = compressed(bytes);
                context.header("Content-Encoding", "gzip");
            }
            context.attribute(ANSWERED, true);
            context.result(bytes);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** What a request says. */
    static JsonNode body(Context context) {
        try {
            JsonNode value = MAPPER.readTree(context.body());
            if (value != null && value.isObject()) {
                return value;
            }
        } catch (JsonProcessingException e) {
            // The same answer as to JSON that is no object.
        }
        throw ApiException.badRequest("body", "the request must be one JSON object");
    }

    /** Any JSON text. */
    static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("body", "this is no JSON");
        }
    }
}
