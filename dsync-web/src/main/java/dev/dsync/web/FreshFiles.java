package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.FileFailure;
import dev.dsync.source.RelativePath;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that came in and of which it is not known yet whether they are stored. Until then each can be taken back, and the
 * end of each is told: stored (which the sync itself tells), kept in the folder without being stored, or cancelled. Safe
 * for use by many threads.
 */
final class FreshFiles {

    private static final Logger LOG = LoggerFactory.getLogger(FreshFiles.class);

    private final VaultDoor door;
    private final Passes passes;
    private final Feed feed;
    private final UnaryOperator<String> redaction;
    private final Duration patience;
    private final Map<RelativePath, Fresh> files = new ConcurrentHashMap<>();

    /** Folders that are there only because a file came in. */
    private final Set<Path> made = ConcurrentHashMap.newKeySet();

    /** A fresh file, and how many versions its path had before. */
    private record Fresh(FreshFile file, int versionsBefore) {}

    /**
     * How the cancelling of one file ended.
     *
     * @param state {@code cancelled}: nothing of it was stored; {@code deleted}: it was stored before it could be stopped,
     *     and is no longer the newest; {@code too_late}: it was settled already, and nothing was done; {@code changed}: somebody
     *     else changed it meanwhile, and nothing was done
     * @param replaced whether it had replaced another file, which is back
     */
    record End(RelativePath path, String state, boolean replaced) {}

    /** @param patience how long a request waits for the end */
    FreshFiles(VaultDoor door, Passes passes, Feed feed, UnaryOperator<String> redaction, Duration patience) {
        this.door = door;
        this.passes = passes;
        this.feed = feed;
        this.redaction = redaction;
        this.patience = patience;
    }

    /** Remembers which folders a file that is about to land will bring with it. */
    void expect(Path root, RelativePath path) {
        for (RelativePath folder = path.parent(); !folder.isRoot(); folder = folder.parent()) {
            Path place = root.resolve(folder.value());
            if (!Files.exists(place)) {
                made.add(place);
            }
        }
    }

    /** Takes note of files that landed, and has them synced. */
    CompletableFuture<SyncReport> store(List<FreshFile> landed) throws IOException {
        List<Fresh> fresh = new ArrayList<>();
        for (FreshFile file : landed) {
            Fresh each = new Fresh(file, versions(file.path()).size());
            fresh.add(each);
            Fresh older = files.put(file.path(), each);
            if (older != null) {
                older.file().keep();
            }
        }
        return passes.sync().whenComplete((report, failure) -> fresh.forEach(each -> ended(each, report, failure)));
    }

    private List<Version> versions(RelativePath path) throws IOException {
        return door.read(vault -> vault.catalog().versions().history(path)).orElse(List.of());
    }

    private void ended(Fresh fresh, @Nullable SyncReport report, @Nullable Throwable failure) {
        RelativePath path = fresh.file().path();
        if (!files.remove(path, fresh)) {
            return;
        }
        try {
            fresh.file().keep();
            boolean told = report != null
                    && report.failed().stream().map(FileFailure::path).anyMatch(path.value()::equals);
            if (!told && !isStored(fresh)) {
                tell(
                        path,
                        "kept",
                        failure == null
                                ? "In the folder, but not stored: a rule leaves it out"
                                : "In the folder, not stored yet: "
                                        + Failure.of(failure).detail());
            }
        } catch (IOException e) {
            LOG.warn("{} came in, and what it replaced could not be removed", path, e);
        }
        if (files.isEmpty()) {
            made.clear();
        }
    }

    /** Whether the newest version of its path may be this file. */
    private boolean isStored(Fresh fresh) throws IOException {
        List<Version> versions = versions(fresh.file().path());
        return !versions.isEmpty() && isIt(versions.get(versions.size() - 1), fresh.file());
    }

    private static boolean isIt(Version version, FreshFile file) {
        return version.kind() == VersionKind.FILE && version.size() == file.size();
    }

    private void tell(RelativePath path, String state, String why) {
        feed.publish(
                "progress",
                Json.object()
                        .put("kind", "file")
                        .put("path", path.value())
                        .put("state", state)
                        .put("why", redaction.apply(why)));
    }

    /** {@code DELETE /api/uploads}: takes back what came in and is not stored yet. */
    void cancel(Context context) throws IOException, InterruptedException {
        List<RelativePath> paths = Removal.paths(context);
        CompletableFuture<List<End>> ends = cancel(paths);
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("files");
        try {
            ends.get(patience.toMillis(), TimeUnit.MILLISECONDS).forEach(end -> list.add(told(end)));
            Json.answer(context, answer);
        } catch (TimeoutException e) {
            paths.forEach(path -> list.addObject().put("path", path.value()).put("state", "cancelling"));
            Json.answer(context, 202, answer);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static ObjectNode told(End end) {
        return Json.object()
                .put("path", end.path().value())
                .put("state", end.state())
                .put("replaced", end.replaced());
    }

    private CompletableFuture<List<End>> cancel(List<RelativePath> paths) throws IOException {
        List<End> ends = new ArrayList<>();
        Map<RelativePath, Fresh> takenBack = new HashMap<>();
        for (RelativePath path : paths) {
            Fresh fresh = files.remove(path);
            if (fresh == null) {
                ends.add(new End(path, "too_late", false));
                continue;
            }
            passes.expectGone(path);
            if (fresh.file().takeBack()) {
                takenBack.put(path, fresh);
                removeMade(path);
            } else {
                fresh.file().keep();
                ends.add(new End(path, "changed", false));
            }
        }
        if (takenBack.isEmpty()) {
            return CompletableFuture.completedFuture(ends);
        }
        return passes.sync().handle((report, failure) -> {
            takenBack.values().forEach(fresh -> ends.add(endOf(fresh)));
            ends.forEach(end -> feed.publish("progress", told(end).put("kind", "file")));
            return ends;
        });
    }

    /** A folder that came with files that are all gone again goes too. */
    private void removeMade(RelativePath path) throws IOException {
        Path root = door.syncedFolder();
        for (RelativePath folder = path.parent(); !folder.isRoot(); folder = folder.parent()) {
            Path place = root.resolve(folder.value());
            if (!made.contains(place) || !remove(place)) {
                return;
            }
        }
    }

    private static boolean remove(Path folder) {
        try {
            return Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Something else lies there, for which it stays.
            return false;
        }
    }

    private End endOf(Fresh fresh) {
        RelativePath path = fresh.file().path();
        passes.forget(path);
        boolean stored;
        try {
            List<Version> now = versions(path);
            stored = now.subList(Math.min(fresh.versionsBefore(), now.size()), now.size()).stream()
                    .anyMatch(version -> isIt(version, fresh.file()));
        } catch (IOException e) {
            LOG.warn("{} was taken back, and it cannot be told whether it was stored before", path, e);
            stored = true;
        }
        return new End(path, stored ? "deleted" : "cancelled", fresh.file().replaced());
    }
}
