package dev.dsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.EditReport;
import dev.dsync.pipeline.Overwrite;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

/** Files go to the trash and come back, and older versions take the place of newer ones. Content stays in the vault. */
final class Removal {

    private final VaultDoor door;
    private final Passes passes;
    private final FileNews news;
    private final Activity activity;

    Removal(VaultDoor door, Passes passes, FileNews news, Activity activity) {
        this.news = news;
        this.door = door;
        this.passes = passes;
        this.activity = activity;
    }

    /** {@code DELETE /api/files}: paths and all beneath are deleted, and can come back. */
    void delete(Context context) throws IOException, InterruptedException {
        List<RelativePath> paths = known(paths(context));
        EditReport report = wait(passes.run("delete", (vault, folder) -> {
            // What lies there and is not stored yet would stay, and look like a failure.
            passes.syncNow(vault, folder);
            return vault.remove(below(paths), passes.options().commits());
        }));
        report.paths().forEach(path -> news.deleted(path.value()));
        finish(context, report, "deleted " + named(paths));
    }

    /** {@code POST /api/undelete}: what was deleted comes back as it was last. */
    void undelete(Context context) throws IOException, InterruptedException {
        List<RelativePath> paths = known(paths(context));
        EditReport report = wait(passes.run("undelete", (vault, folder) -> {
            Files.createDirectories(folder);
            return vault.undelete(below(paths), passes.options().commits(), () -> false);
        }));
        report.paths().forEach(path -> news.stored(path.value()));
        finish(context, report, "brought back " + named(paths));
    }

    private static Predicate<RelativePath> below(List<RelativePath> paths) {
        return path -> paths.stream().anyMatch(path::startsWith);
    }

    private void finish(Context context, EditReport report, String done) {
        report.failed().forEach(failed -> activity.trouble("stays as it was: " + failed));
        if (!report.failed().isEmpty() && report.paths().isEmpty()) {
            throw new ApiException(
                    409, "stays", "stays as it was: " + report.failed().get(0));
        }
        activity.done(done);
        ObjectNode answer = told(report.paths());
        ArrayNode failed = answer.putArray("failed");
        report.failed()
                .forEach(failure ->
                        failed.addObject().put("path", failure.path()).put("reason", failure.reason()));
        Json.answer(context, answer);
    }

    private static String named(List<RelativePath> paths) {
        return paths.size() == 1 ? paths.get(0).value() : paths.size() + " files and folders";
    }

    /** {@code POST /api/restore}: an older version of a file becomes the newest. */
    void restore(Context context) throws IOException, InterruptedException {
        RelativePath path = Paths.required(context);
        int number = Paths.number(context, "version")
                .orElseThrow(() -> ApiException.badRequest("version", "say which version: &version=N"));
        Version version = door.read(vault ->
                        History.file(vault.catalog(), path, java.util.Optional.of(number), java.util.Optional.empty()))
                .orElseThrow(() -> ApiException.notFound("unknown_path", "nothing is stored yet"));
        Predicate<RelativePath> wanted = path::equals;
        RestoreReport report = wait(passes.run(
                "restore",
                (vault, folder) -> restore(
                        vault,
                        new RestoreOptions(
                                wanted, folder, version.sequence(), Overwrite.ALWAYS, false, false, () -> false))));
        activity.done("restored version " + number + " of " + path);
        Json.answer(context, told(List.of(path)).put("restored", report.restored()));
    }

    private RestoreReport restore(Vault vault, RestoreOptions options) throws IOException, InterruptedException {
        Files.createDirectories(options.to());
        RestoreReport report = vault.restore(options, RestoreEvent.Listener.SILENT);
        passes.syncNow(vault, options.to());
        if (!report.failed().isEmpty()) {
            throw new ApiException(
                    502,
                    "not_restored",
                    "could not be brought back: " + report.failed().get(0));
        }
        return report;
    }

    /** The paths that a request names, in its address or its body. */
    static List<RelativePath> paths(Context context) {
        List<RelativePath> paths = new ArrayList<>();
        context.queryParams("path").forEach(path -> paths.add(Paths.parse(path)));
        String type = context.header("Content-Type");
        if (type != null
                && type.startsWith("application/json")
                && !context.body().isBlank()) {
            for (JsonNode path : Json.body(context).path("paths")) {
                paths.add(Paths.parse(path.asText()));
            }
        }
        if (paths.isEmpty() || paths.contains(RelativePath.ROOT)) {
            throw ApiException.badRequest("path", "name a path: ?path=FOLDER/FILE");
        }
        return paths;
    }

    private List<RelativePath> known(List<RelativePath> paths) throws IOException {
        for (RelativePath path : paths) {
            boolean known = door.read(
                            vault -> !vault.catalog().versions().history(path).isEmpty())
                    .orElse(false);
            if (!known) {
                throw ApiException.notFound("unknown_path", "the vault has no " + path);
            }
        }
        return paths;
    }

    private static ObjectNode told(List<RelativePath> paths) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("paths");
        paths.forEach(path -> list.add(path.value()));
        return answer;
    }

    /** Waits for work; what fails there fails here. */
    static <T> T wait(CompletableFuture<T> work) throws IOException, InterruptedException {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IOException(e.getCause());
        }
    }
}
