package dev.dsync.web;

import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a browser still has what it asks for, by RFC 9110, section 13.
 *
 * @param etag of the content, in its quotes
 * @param modified when it last changed
 */
record Conditions(String etag, Instant modified) {

    private static final int LAST_HTTP_YEAR = 9999;

    /** Tells a browser what to ask with next time. */
    void tell(Context context) {
        context.header("ETag", etag);
        int year = modified.atZone(ZoneOffset.UTC).getYear();
        if (year >= 0 && year <= LAST_HTTP_YEAR) {
            context.header(
                    "Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(modified.atZone(ZoneOffset.UTC)));
        }
    }

    /** Whether "not modified" is the answer. */
    boolean unchangedFor(Context context) {
        String none = context.header("If-None-Match");
        if (none != null) {
            return names(none);
        }
        return date(context.header("If-Modified-Since"))
                .map(since -> !modified.truncatedTo(ChronoUnit.SECONDS).isAfter(since))
                .orElse(false);
    }

    /** @throws ApiException if the browser wants only what it knows, and this is something else */
    void require(Context context) {
        String match = context.header("If-Match");
        if (match != null && !names(match)) {
            throw new ApiException(412, "changed", "the content is not the one that was asked for");
        }
    }

    /** Whether a range of this content fits what the browser has already. */
    boolean rangeFits(Context context) {
        String condition = context.header("If-Range");
        if (condition == null) {
            return true;
        }
        if (condition.startsWith("\"")) {
            return condition.equals(etag);
        }
        return date(condition)
                .map(modified.truncatedTo(ChronoUnit.SECONDS)::equals)
                .orElse(false);
    }

    private boolean names(String header) {
        return Stream.of(header.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private static Optional<Instant> date(@org.jspecify.annotations.Nullable String header) {
        try {
            return header == null
                    ? Optional.empty()
                    : Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
