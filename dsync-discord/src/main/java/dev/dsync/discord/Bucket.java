package dev.dsync.discord;

import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of one kind a webhook has left, as the headers of the last answer told. Until the first answer one
 * request at a time is allowed. Requests under way count as not yet counted by the service: rather too few than refused.
 */
final class Bucket {

    /** How soon to look again when only answers on their way keep a request waiting. */
    private static final long ANSWER_POLL_MILLIS = 20;

    private int limit = 1;
    private int left = 1;
    private int underWay;
    private long resetsAt = Long.MIN_VALUE;

    synchronized long waitMillis(long now) {
        if (room(now) > 0) {
            return 0;
        }
        return now < resetsAt ? resetsAt - now : ANSWER_POLL_MILLIS;
    }

    synchronized boolean take(long now) {
        if (room(now) <= 0) {
            return false;
        }
        underWay++;
        return true;
    }

    private int room(long now) {
        return (now < resetsAt ? left : limit) - underWay;
    }

    /** The request ended without an answer that tells anything. */
    synchronized void ended() {
        underWay--;
    }

    synchronized void learn(Headers headers, long now) {
        Double newLimit = number(headers, "X-RateLimit-Limit");
        Double newLeft = number(headers, "X-RateLimit-Remaining");
        Double resetAfter = number(headers, "X-RateLimit-Reset-After");
        if (newLimit == null || newLeft == null || resetAfter == null) {
            return;
        }
        limit = Math.max(1, newLimit.intValue());
        left = newLeft.intValue();
        resetsAt = now + (long) Math.ceil(resetAfter * 1000) + Rules.MARGIN.toMillis();
    }

    private static @Nullable Double number(Headers headers, String name) {
        String text = headers.get(name);
        if (text == null) {
            return null;
        }
        try {
            double value = Double.parseDouble(text);
            return value >= 0 && value < 1e6 ? value : null;
        } catch (NumberFormatException e) {
            // a header that is no number tells nothing
            return null;
        }
    }
}
