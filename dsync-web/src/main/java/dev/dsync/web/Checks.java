package dev.dsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.pipeline.CheckEvent;
import dev.dsync.pipeline.CheckOptions;
import dev.dsync.pipeline.CheckProblem;
import dev.dsync.pipeline.CheckReport;
import io.javalin.http.Context;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code /api/check}: verifies the vault while the page looks on; one check at a time. */
final class Checks implements Closeable {

    private static final Duration STEP = Duration.ofMillis(200);

    private final VaultDoor door;
    private final DashboardSettings settings;
    private final Feed feed;
    private final Activity activity;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(Daemon.named("dsync-check"));
    private final AtomicBoolean stop = new AtomicBoolean();
    private ObjectNode state = Json.object().put("state", "none");

    Checks(VaultDoor door, DashboardSettings settings, Feed feed, Activity activity) {
        this.door = door;
        this.settings = settings;
        this.feed = feed;
        this.activity = activity;
    }

    /** {@code POST}: begins one. */
    void begin(Context context) {
        JsonNode body = context.body().isBlank() ? Json.object() : Json.body(context);
        int percent = body.path("read_percent").asInt(0);
        if (percent < 0 || percent > 100) {
            throw ApiException.badRequest("read_percent", "read_percent must be 0 to 100, found " + percent);
        }
        synchronized (this) {
            if (state.path("state").asText().equals("running")) {
                throw new ApiException(409, "running", "a check is running: wait until it is done, or stop it");
            }
            stop.set(false);
            state = Json.object().put("state", "running").put("packs", 0).put("packs_checked", 0);
        }
        worker.execute(() -> run(percent));
        Json.answer(context, 202, now());
    }

    /** {@code DELETE}: asks the one that runs to stop. */
    void stop(Context context) {
        stop.set(true);
        Json.answer(context, now());
    }

    /** {@code GET}: how far it is, or what the last one found. */
    void send(Context context) {
        Json.answer(context, now());
    }

    synchronized ObjectNode now() {
        return state.deepCopy();
    }

    private void run(int percent) {
        try {
            CheckReport report = door.read(vault -> {
                        if (vault.catalog().commits().head().isEmpty()) {
                            throw nothing();
                        }
                        try {
                            return vault.check(new CheckOptions(percent, stop::get), new Progress());
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                            throw new IOException("the check was interrupted", e);
                        }
                    })
                    .orElseThrow(Checks::nothing);
            change(told(report));
            if (report.errors().isEmpty()) {
                activity.done("checked " + Counted.of(report.packsChecked(), "pack") + ": all well");
            } else {
                activity.trouble("the check found " + Counted.of(report.errors().size(), "problem"));
            }
        } catch (IOException | RuntimeException e) {
            Failure failure = Failure.of(e);
            String why = settings.redaction().apply(failure.detail());
            change(Json.object()
                    .put("state", "failed")
                    .put("error", failure.error())
                    .put("detail", why));
            activity.trouble("the check failed: " + why);
        }
    }

    private static ApiException nothing() {
        return ApiException.notFound("no_vault", "nothing is stored yet, so there is nothing to check");
    }

    private void change(ObjectNode found) {
        synchronized (this) {
            state = found;
        }
        feed.publish("progress", Json.object().put("kind", "check").setAll(found.deepCopy()));
    }

    private ObjectNode told(CheckReport report) {
        ObjectNode told = Json.object()
                .put("state", "done")
                .put("ended", settings.clock().instant().toString())
                .put("packs_checked", report.packsChecked())
                .put("chunks_checked", report.chunksChecked())
                .put("repaired", report.repaired())
                .put("seconds", report.took().toMillis() / 1000.0)
                .put("interrupted", report.interrupted());
        ArrayNode errors = told.putArray("errors");
        for (CheckProblem problem : report.errors()) {
            ObjectNode error = errors.addObject()
                    .put("kind", problem.kind().word())
                    .put("detail", settings.redaction().apply(problem.detail()));
            ArrayNode paths = error.putArray("paths");
            problem.paths().forEach(path -> paths.add(path.value()));
        }
        return told;
    }

    private final class Progress implements CheckEvent.Listener {

        private long packs;
        private long checked;
        private long bytes;
        private long bytesToRead;
        private long problems;
        private Instant nextStep = Instant.MIN;

        @Override
        public void on(CheckEvent event) {
            ObjectNode step;
            synchronized (this) {
                if (event instanceof CheckEvent.Planned planned) {
                    // The catalog's own packs were checked before, and count too.
                    packs = checked + planned.packs();
                    bytesToRead = planned.bytesToRead();
                } else if (event instanceof CheckEvent.PackChecked pack) {
                    checked++;
                    bytes += pack.bytesRead();
                } else {
                    problems++;
                }
                Instant now = settings.clock().instant();
                if (now.isBefore(nextStep)) {
                    return;
                }
                nextStep = now.plus(STEP);
                step = Json.object()
                        .put("state", "running")
                        .put("packs", packs)
                        .put("packs_checked", checked)
                        .put("bytes_read", bytes)
                        .put("bytes_to_read", bytesToRead)
                        .put("problems", problems);
            }
            change(step);
        }
    }

    @Override
    public void close() {
        stop.set(true);
        worker.shutdown();
        try {
            if (!worker.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
