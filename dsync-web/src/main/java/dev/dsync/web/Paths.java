package dev.dsync.web;

import dev.dsync.source.RelativePath;
import io.javalin.http.Context;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** Parameters of requests, read and checked. */
final class Paths {

    private Paths() {}

    /** The path a request names; the synced folder itself if it names none. */
    static RelativePath folder(Context context) {
        String text = context.queryParam("path");
        return text == null ? RelativePath.ROOT : parse(text);
    }

    /** The path a request must name, which cannot be the synced folder itself. */
    static RelativePath required(Context context) {
        RelativePath path = folder(context);
        if (path.isRoot()) {
            throw ApiException.badRequest("path", "name a path: ?path=FOLDER/FILE");
        }
        return path;
    }

    /** A path as a browser or a script wrote it: slashes around it do not matter. */
    static RelativePath parse(String text) {
        try {
            return RelativePath.of(text.replaceAll("^/+|/+$", ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("path", "this cannot be a path: " + e.getMessage());
        }
    }

    /** A whole number from 1 on, if the request has it. */
    static Optional<Integer> number(Context context, String name) {
        String text = context.queryParam(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return Optional.of(number);
            }
        } catch (NumberFormatException e) {
            // The same answer as to 0.
        }
        throw ApiException.badRequest(name, name + " must be a number from 1 on, found \"" + text + '"');
    }

    /** The moment whose state is asked for, if one is. */
    static Optional<Instant> at(Context context) {
        String text = context.queryParam("at");
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw ApiException.badRequest(
                    "at", "at must be a time such as 2026-11-20T18:00:00Z, found \"" + text + '"');
        }
    }
}
