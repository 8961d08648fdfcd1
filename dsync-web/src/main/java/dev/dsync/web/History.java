package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CommitInfo;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.source.RelativePath;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was: the versions of a path, and the moments whose tree can be shown. */
final class History {

    /** Commits told at most: what a list of moments to choose from can hold. */
    private static final int MOST_COMMITS = 2000;

    private final VaultDoor door;

    History(VaultDoor door) {
        this.door = door;
    }

    /** {@code GET /api/versions}: every version of a path, oldest first. */
    void versions(Context context) throws IOException {
        RelativePath path = Paths.required(context);
        ObjectNode answer = door.read(vault -> versions(vault.catalog(), path))
                .orElseThrow(() -> ApiException.notFound("unknown_path", "nothing is stored yet"));
        Json.answer(context, answer);
    }

    private static ObjectNode versions(Catalog catalog, RelativePath path) {
        List<Version> versions = catalog.versions().history(path);
        if (versions.isEmpty()) {
            throw ApiException.notFound("unknown_path", "the vault has never had " + path);
        }
        Map<Long, Instant> times = new HashMap<>();
        catalog.commits().history().forEach(commit -> times.put(commit.sequence(), commit.time()));
        ObjectNode answer = Json.object().put("path", path.value());
        ArrayNode list = answer.putArray("versions");
        for (int i = 0; i < versions.size(); i++) {
            Version version = versions.get(i);
            Instant from = times.getOrDefault(version.sequence(), version.modified());
            list.add(Json.object()
                    .put("number", i + 1)
                    .put("from", from.toString())
                    .put("kind", version.kind().name().toLowerCase(Locale.ROOT))
                    .put("size", version.size())
                    .put("modified", version.modified().toString())
                    .put("sha256", version.sha256().map(Object::toString).orElse(null))
                    .put("deleted", version.deleted()));
        }
        return answer;
    }

    /** {@code GET /api/commits}: the newest moments whose tree can be shown, newest first. */
    void commits(Context context) throws IOException {
        List<CommitInfo> commits =
                door.read(vault -> vault.catalog().commits().history()).orElse(List.of());
        ObjectNode answer = Json.object().put("total", commits.size());
        ArrayNode list = answer.putArray("commits");
        for (int i = commits.size() - 1; i >= Math.max(0, commits.size() - MOST_COMMITS); i--) {
            CommitInfo commit = commits.get(i);
            list.addObject()
                    .put("sequence", commit.sequence())
                    .put("time", commit.time().toString());
        }
        Json.answer(context, answer);
    }

    /** The sequence of the state that a request asks for. */
    static long sequence(Catalog catalog, Optional<Instant> at) {
        if (at.isEmpty()) {
            return Version.UNCOMMITTED;
        }
        long sequence = catalog.commits()
                .sequenceAt(at.get())
                .orElseThrow(() -> ApiException.notFound("too_early", "nothing was stored yet at " + at.get()));
        boolean now = catalog.commits()
                .head()
                .filter(head -> head.info().sequence() <= sequence)
                .isPresent();
        if (!now && !catalog.versions().reachBackTo(sequence)) {
            throw ApiException.notFound(
                    "too_early",
                    "nothing is kept from " + at.get()
                            + ": it was freed since, or there was nothing yet. Ask for a later time");
        }
        return sequence;
    }

    /** The version of a file that a request asks for. */
    static Version file(Catalog catalog, RelativePath path, Optional<Integer> number, Optional<Instant> at) {
        Version version = number.isPresent()
                ? numbered(catalog, path, number.get())
                : catalog.versions()
                        .at(path, sequence(catalog, at))
                        .orElseThrow(() -> ApiException.notFound("unknown_path", "the vault has no " + path));
        if (version.deleted()) {
            throw ApiException.notFound("deleted_path", path + " was deleted: ask for one of its versions");
        }
        if (version.kind() != VersionKind.FILE) {
            throw ApiException.notFound(
                    "no_file",
                    path + " is no file but a " + version.kind().name().toLowerCase(Locale.ROOT));
        }
        return version;
    }

    private static Version numbered(Catalog catalog, RelativePath path, int number) {
        List<Version> history = catalog.versions().history(path);
        if (number > history.size()) {
            throw ApiException.notFound(
                    "unknown_version",
                    path + " has " + Counted.of(history.size(), "version") + ", there is no " + number);
        }
        return history.get(number - 1);
    }
}
