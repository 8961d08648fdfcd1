package dev.dsync.discord.emulator;

/** A way in which one request goes wrong. */
public enum Fault {
    /** The request is carried out, the connection ends before its answer. */
    REPLY_LOST,
    /** The connection ends in the middle of the request's body; nothing is carried out. */
    RESET_UPLOAD,
    /** The connection ends in the middle of the answer's body. */
    RESET_DOWNLOAD,
    /** 502 with a page of HTML; nothing is carried out. */
    BAD_GATEWAY,
    /** 500 with a page of HTML, but the request is carried out. */
    FAILED_AFTERWARDS,
    /** Silence after the request. */
    STALL,
    /** Half of the file, the length of all of it. */
    TRUNCATED,
    /** Half of the file, as if that were all. */
    TRUNCATED_SHORT_LENGTH,
    /** One bit of the file is another. */
    BIT_FLIPPED,
    /** The range is another than the one asked for. */
    WRONG_RANGE,
    /** The whole file though a range was asked for. */
    RANGE_IGNORED,
    /** The link is refused though its time has not come. */
    LINK_EXPIRED_EARLY,
    /** 429 as JSON, of this webhook. */
    LIMITED,
    /** 429 as JSON, of the channel. */
    LIMITED_SHARED,
    /** 429 as JSON, of the address. */
    LIMITED_GLOBAL,
    /** 429 as a page of HTML. */
    LIMITED_HTML,
    /** 429 with code 30046: too many edits. */
    LIMITED_EDITS,
    /** 429 with code 0: blocked. */
    BLOCKED_JSON,
    /** 429 with Cloudflare's page 1015. */
    BLOCKED_1015,
    /** 403 with Cloudflare's page 1020. */
    BLOCKED_1020,
    /** 403 with {@code error code: 1010}. */
    BLOCKED_1010,
    /** 403 with code 40333. */
    BLOCKED_40333,
    /** The answer to an upload tells another size than was sent. */
    WRONG_SIZE,
    /** 404 with code 10003: the channel is gone. */
    UNKNOWN_CHANNEL,
    /** 400 with code 220001: a forum, which wants a thread. */
    FORUM_WANTS_THREAD,
    /** 400 with code 220003: no forum, which has no threads. */
    FORUM_ONLY,
    /** 400 with code 50045: a file is larger than the server allows. */
    FILE_TOO_LARGE,
    /** 408 as a page of HTML. */
    TOO_SLOW,
    /** 503 with code 40062: this resource is limited. */
    RESOURCE_LIMITED,
    /** 503 with code 130000: this resource is overloaded. */
    OVERLOADED,
    /** 400 with a code that means nothing to anyone. */
    REFUSED;

    boolean isForFiles() {
        return switch (this) {
            case TRUNCATED, TRUNCATED_SHORT_LENGTH, BIT_FLIPPED, WRONG_RANGE, RANGE_IGNORED, LINK_EXPIRED_EARLY -> true;
            default -> false;
        };
    }
}
