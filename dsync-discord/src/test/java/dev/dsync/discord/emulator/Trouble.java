package dev.dsync.discord.emulator;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

/** What a fault does to the answer of one request. */
final class Trouble {

    private Trouble() {}

    /** Whether the fault comes instead of what was asked for; otherwise that is done first. */
    static boolean instead(Fault fault) {
        return switch (fault) {
            case REPLY_LOST, FAILED_AFTERWARDS, RESET_DOWNLOAD, WRONG_SIZE -> false;
            default -> !fault.isForFiles();
        };
    }

    static MockResponse reply(Fault fault, int version) {
        return switch (fault) {
            case LIMITED -> Reply.limited(version, "user", 1.5, 0);
            case LIMITED_SHARED -> Reply.limited(version, "shared", 20.25, 0);
            case LIMITED_GLOBAL -> Reply.limited(version, "global", 2.5, 0);
            case LIMITED_HTML -> Reply.html(429, "429 Too Many Requests");
            case LIMITED_EDITS -> Reply.limited(version, "shared", 4.0, 30046);
            case BLOCKED_JSON ->
                Reply.error(
                        429,
                        0,
                        "You are being blocked from accessing our API temporarily due to exceeding our rate limits"
                                + " frequently.");
            case BLOCKED_1015 ->
                Reply.html(
                        429, "Access denied</title><h1>Error <span>1015</span></h1><title>You are being rate limited");
            case BLOCKED_1020 ->
                Reply.html(403, "Access denied</title><h1>Error code: <b>1020</b></h1><title>Access denied");
            case BLOCKED_1010 -> Reply.text(403, "error code: 1010");
            case BLOCKED_40333 -> Reply.error(403, 40333, "internal network error");
            case UNKNOWN_CHANNEL -> Reply.error(404, 10003, "Unknown Channel");
            case FORUM_WANTS_THREAD ->
                Reply.error(400, 220001, "Webhooks posted to forum channels must have a thread_name or thread_id");
            case FORUM_ONLY -> Reply.error(400, 220003, "Webhooks can only create threads in forum channels");
            case FILE_TOO_LARGE -> Reply.error(400, 50045, "File uploaded exceeds the maximum size");
            case TOO_SLOW -> Reply.html(408, "408 Request Timeout");
            case RESOURCE_LIMITED -> Reply.error(503, 40062, "Service resource is being rate limited");
            case OVERLOADED -> Reply.error(503, 130000, "API resource is currently overloaded");
            case REFUSED -> Reply.error(400, 50035, "Invalid Form Body");
            case STALL ->
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.Stall.INSTANCE)
                        .build();
            case RESET_UPLOAD ->
                new MockResponse.Builder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build();
            default -> Reply.html(502, "502 Bad Gateway");
        };
    }

    static MockResponse afterwards(Fault fault, MockResponse reply) {
        return switch (fault) {
            case REPLY_LOST ->
                reply.newBuilder()
                        .onResponseStart(new SocketEffect.CloseSocket())
                        .build();
            case RESET_DOWNLOAD ->
                reply.newBuilder()
                        .onResponseBody(new SocketEffect.CloseSocket())
                        .build();
            case FAILED_AFTERWARDS -> Reply.html(500, "500 Internal Server Error");
            default -> reply;
        };
    }
}
