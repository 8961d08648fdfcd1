package dev.dsync.discord.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mockwebserver3.MockResponse;

/** The answers that are always the same: errors in Discord's words, and pages of the proxy before it. */
final class Reply {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Reply() {}

    static MockResponse json(int status, JsonNode body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body.toString())
                .build();
    }

    static MockResponse error(int status, int code, String message) {
        return json(status, NODES.objectNode().put("message", message).put("code", code));
    }

    /** 400 for a field of the request that is not as it must be. */
    static MockResponse invalidForm(String field, String reason) {
        ObjectNode body = NODES.objectNode().put("message", "Invalid Form Body").put("code", 50035);
        body.putObject("errors")
                .putObject(field)
                .putArray("_errors")
                .addObject()
                .put("code", "BASE_TYPE_BAD_LENGTH")
                .put("message", reason);
        return json(400, body);
    }

    static MockResponse html(int status, String title) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/html; charset=UTF-8")
                .body("<!DOCTYPE html><html><head><title>" + title + "</title></head><body><h1>" + title
                        + "</h1><center>cloudflare</center></body></html>")
                .build();
    }

    static MockResponse text(int status, String text) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/plain;charset=UTF-8")
                .body(text)
                .build();
    }

    static MockResponse nothing() {
        return new MockResponse.Builder().code(204).build();
    }

    /** 429. Version 6 of the interface tells milliseconds, all later ones seconds. */
    static MockResponse limited(int version, String scope, double seconds, int code) {
        ObjectNode body = NODES.objectNode().put("message", "You are being rate limited.");
        if (version < 8) {
            body.put("retry_after", (long) Math.ceil(seconds * 1000));
        } else {
            body.put("retry_after", Math.ceil(seconds * 1000) / 1000);
        }
        body.put("global", scope.equals("global"));
        if (code != 0) {
            body.put("code", code);
        }
        MockResponse.Builder reply = json(429, body)
                .newBuilder()
                .setHeader("X-RateLimit-Scope", scope)
                .setHeader("Retry-After", (long) Math.ceil(seconds));
        if (scope.equals("global")) {
            reply.setHeader("X-RateLimit-Global", "true");
        }
        return reply.build();
    }
}
