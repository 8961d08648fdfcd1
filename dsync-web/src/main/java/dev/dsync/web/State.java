package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.RelativePath;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code /api/state} and {@code /api/watch}: how the dashboard itself stands, and whether it watches the folder. */
final class State implements Closeable {

    private final DashboardSettings settings;
    private final VaultDoor door;
    private final Passes passes;
    private final Feed feed;
    private final Activity activity;
    private @Nullable Closeable watch;

    State(DashboardSettings settings, VaultDoor door, Passes passes, Feed feed, Activity activity) {
        this.settings = settings;
        this.door = door;
        this.passes = passes;
        this.feed = feed;
        this.activity = activity;
    }

    void send(Context context) throws IOException {
        Json.answer(context, now());
    }

    private ObjectNode now() throws IOException {
        return Json.object()
                .put("home", settings.home().folder().toString())
                .put("folder", door.syncedFolder().toString())
                .put("vault", door.exists())
                .put("targets_named", namesTargets())
                .put("doing", passes.doing())
                .put("watching", watching())
                .put("password", settings.password().isPresent())
                .put("now", settings.clock().instant().toString());
    }

    private String watching() {
        if (settings.watching().isEmpty()) {
            return "off";
        }
        synchronized (this) {
            return watch == null ? "paused" : "on";
        }
    }

    private boolean namesTargets() throws IOException {
        try (var lines = Files.lines(settings.home().targetLines(), StandardCharsets.UTF_8)) {
            return lines.map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** {@code POST /api/watch}: pauses watching or goes on. */
    void change(Context context) throws IOException {
        if (settings.watching().isEmpty()) {
            throw new ApiException(409, "not_watching", "the dashboard was not started with --watch");
        }
        boolean paused = Json.body(context).path("paused").asBoolean();
        if (paused) {
            close();
            activity.note("watching is paused");
        } else {
            startWatching();
            activity.note("watching goes on");
        }
        feed.publish("state", Json.object());
        Json.answer(context, now());
    }

    synchronized void startWatching() throws IOException {
        if (watch == null && settings.watching().isPresent()) {
            watch = settings.watching().get().start(door.syncedFolder(), this::look);
        }
    }

    private boolean look(Consumer<RelativePath> listed) throws InterruptedException {
        try {
            SyncReport report = passes.sync(listed).get();
            return report.failed().isEmpty() && !report.interrupted();
        } catch (ExecutionException e) {
            // Why stands in the activity log; the next one tries again.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Closeable ending;
        synchronized (this) {
            ending = watch;
            watch = null;
        }
        if (ending != null) {
            ending.close();
        }
    }
}
