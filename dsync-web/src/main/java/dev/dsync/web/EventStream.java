package dev.dsync.web;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** {@code GET /api/events}: server-sent events for as long as the browser listens. */
final class EventStream {

    /** A comment this often keeps the connection open and finds out whether anybody is still there. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** How soon a browser comes back whose connection broke, in milliseconds. */
    private static final int COME_BACK = 1000;

    private final Feed feed;
    private volatile boolean closed;

    EventStream(Feed feed) {
        this.feed = feed;
    }

    void serve(Context context) throws InterruptedException {
        try (Feed.Subscription events = feed.subscribe()) {
            HttpServletResponse response = context.res();
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            OutputStream out = response.getOutputStream();
            write(out, "retry: " + COME_BACK + "\n\n");
            while (!closed) {
                Feed.Event event = events.next(HEARTBEAT);
                write(
                        out,
                        event == null
                                ? ": still here\n\n"
                                : "event: " + event.name() + "\ndata: " + event.data() + "\n\n");
            }
        } catch (IOException e) {
            // The browser is gone, which is how this ends.
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Lets all go when their next event or heartbeat comes. */
    void close() {
        closed = true;
        feed.publish("reset", Json.object());
    }
}
