package dev.dsync.discord;

import dev.dsync.storage.RateLimit;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of one kind a webhook has left, as the headers of its answers tell. Until the first answer one
 * request at a time is allowed. Requests under way count as not yet counted by the service, and of the answers of one
 * window, which may arrive in any order, the lowest number counts: rather too few than refused.
 */
final class Bucket {

    /** How soon to look again when only answers on their way keep a request waiting. */
    private static final long ANSWER_POLL_MILLIS = 20;

    /** The moment a window ends is told in milliseconds; the service may round it differently each time. */
    private static final double SAME_WINDOW_SECONDS = 0.05;

    /** Times are given in seconds since 1970: any number above this is none of Discord's. */
    private static final double LARGEST = 1e11;

    private static final double A_DAY_SECONDS = 86_400;

    private static final long A_DAY_MILLIS = 86_400_000;

    private int limit;
    private int left;
    private int underWay;
    private long resetsAt;
    private double window = Double.NEGATIVE_INFINITY;
    private long spanMillis;

    /** A bucket of which this much is remembered; zeros for one of which nothing is. */
    Bucket(long limit, long left, long resetsAt) {
        this.limit = (int) Math.max(1, Math.min(limit, Integer.MAX_VALUE));
        this.left = (int) Math.max(0, Math.min(left, this.limit));
        this.resetsAt = resetsAt;
    }

    /** What is to be remembered of it: limit, requests left, and until when that holds. Requests under way count as made. */
    synchronized long[] state() {
        return new long[] {limit, Math.max(0, left - underWay), resetsAt};
    }

    synchronized long waitMillis(long now) {
        if (room(now) > 0) {
            return 0;
        }
        return inWindow(now) ? resetsAt - now : ANSWER_POLL_MILLIS;
    }

    synchronized boolean take(long now) {
        if (room(now) <= 0) {
            return false;
        }
        underWay++;
        return true;
    }

    private int room(long now) {
        return (inWindow(now) ? left : limit) - underWay;
    }

    /** Whether what is left still counts; an end further away than a day comes from a clock that was wrong. */
    private boolean inWindow(long now) {
        return now < resetsAt && resetsAt - now <= A_DAY_MILLIS;
    }

    /** The request ended without an answer; the service may have counted it. */
    synchronized void lost() {
        underWay--;
        left--;
    }

    /** The request was never sent. */
    synchronized void returned() {
        underWay--;
    }

    /** The request was answered; its answer tells about this bucket or, if Discord says so, about another. */
    synchronized void answered() {
        underWay--;
    }

    /** The limit that the service told, as far as it did. */
    synchronized Optional<RateLimit> told(String of) {
        return spanMillis > 0 ? Optional.of(new RateLimit(of, limit, Duration.ofMillis(spanMillis))) : Optional.empty();
    }

    synchronized void learn(Headers headers, long now) {
        Double newLimit = number(headers, "X-RateLimit-Limit");
        Double newLeft = number(headers, "X-RateLimit-Remaining");
        Double resetAfter = number(headers, "X-RateLimit-Reset-After");
        Double reset = number(headers, "X-RateLimit-Reset");
        if (newLimit == null || newLeft == null || resetAfter == null) {
            left--;
            return;
        }
        limit = Math.max(1, newLimit.intValue());
        long newResetsAt = now + (long) Math.ceil(Math.min(resetAfter, A_DAY_SECONDS) * 1000) + Rules.MARGIN.toMillis();
        // the first answer of a window tells its whole length, later ones what is left of it
        spanMillis = Math.max(spanMillis, (long) Math.ceil(resetAfter * 1000));
        double newWindow = reset == null ? newResetsAt / 1000.0 : reset;
        if (newWindow > window + SAME_WINDOW_SECONDS) {
            window = newWindow;
            left = newLeft.intValue();
            resetsAt = newResetsAt;
        } else if (newWindow > window - SAME_WINDOW_SECONDS) {
            left = Math.min(left, newLeft.intValue());
        }
    }

    private static @Nullable Double number(Headers headers, String name) {
        String text = headers.get(name);
        if (text == null) {
            return null;
        }
        try {
            double value = Double.parseDouble(text);
            return value >= 0 && value < LARGEST ? value : null;
        } catch (NumberFormatException e) {
            // a header that is no number tells nothing
            return null;
        }
    }
}
