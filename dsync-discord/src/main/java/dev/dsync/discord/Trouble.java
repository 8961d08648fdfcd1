package dev.dsync.discord;

import java.util.regex.Pattern;

/**
 * What an answer other than success means. The whole table stands in {@link #of}; {@code docs/discord.md} draws it.
 */
enum Trouble {
    /** Too many requests: wait as long as it says. */
    LIMITED,
    /** The address is blocked, or asked to prove itself: stop everything, a person must act. */
    BLOCKED,
    /** The webhook, its token or its channel no longer exists, or it cannot take files at all. */
    WEBHOOK_GONE,
    /** The message no longer exists. */
    MESSAGE_GONE,
    /** Too many bytes. */
    TOO_LARGE,
    /** Something failed there: come back, each time later. */
    SERVER_FAILED,
    /** An answer this table does not know: nothing that sending again at once would cure. */
    REFUSED;

    private static final Pattern CLOUDFLARE_BLOCK =
            Pattern.compile("error(?: code)?:?\\s*(?:<[^>]*>\\s*)*10(?:10|15|20)\\b", Pattern.CASE_INSENSITIVE);
    static final int EDITED_TOO_OFTEN = 30046;

    static Trouble of(Answer answer) {
        if (isBlock(answer)) {
            return BLOCKED;
        }
        if (answer.status() == 429 || answer.code() == EDITED_TOO_OFTEN) {
            return LIMITED;
        }
        if (answer.status() == 413) {
            return TOO_LARGE;
        }
        Trouble byCode = byCode(answer.code());
        if (byCode != REFUSED) {
            return byCode;
        }
        return answer.status() >= 500 || answer.status() == 408 ? SERVER_FAILED : REFUSED;
    }

    private static Trouble byCode(int code) {
        return switch (code) {
            // unknown channel, unknown webhook, invalid webhook token, channel of a kind that takes no plain message
            case 10003, 10015, 50027, 220001, 220003 -> WEBHOOK_GONE;
            case 10008 -> MESSAGE_GONE;
            // request entity too large, file larger than the guild allows
            case 40005, 50045 -> TOO_LARGE;
            // the service is overloaded or this resource is
            case 40062, 130000 -> SERVER_FAILED;
            default -> REFUSED;
        };
    }

    /**
     * A block says 40333, or shows a page of Cloudflare with 1010, 1015 or 1020, or answers with JSON code 0 where a
     * limit would say how long to wait.
     */
    private static boolean isBlock(Answer answer) {
        if (answer.code() == 40333) {
            return true;
        }
        int status = answer.status();
        if (status != 401 && status != 403 && status != 429) {
            return false;
        }
        if (answer.json().isObject()) {
            return answer.code() == 0 && !answer.json().has("retry_after");
        }
        return CLOUDFLARE_BLOCK.matcher(answer.text()).find();
    }
}
