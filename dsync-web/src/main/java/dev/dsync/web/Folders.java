package dev.dsync.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.source.RelativePath;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What lies in a folder, now or at a moment; and what was deleted. */
final class Folders {

    /** Deleted paths told at most: nobody reads more, and a page must not choke on them. */
    private static final int MOST_DELETED = 10_000;

    private final VaultDoor door;

    Folders(VaultDoor door) {
        this.door = door;
    }

    /** {@code GET /api/files}: one folder. */
    void list(Context context) throws IOException {
        RelativePath folder = Paths.folder(context);
        Optional<Instant> at = Paths.at(context);
        boolean deleted = Boolean.parseBoolean(context.queryParam("deleted"));
        ObjectNode answer =
                door.read(vault -> list(vault.catalog(), folder, at, deleted)).orElseGet(() -> empty(folder));
        Json.answer(context, answer);
    }

    private static ObjectNode empty(RelativePath folder) {
        if (!folder.isRoot()) {
            throw unknown(folder);
        }
        ObjectNode answer = Json.object().put("path", "");
        answer.putArray("folders");
        answer.putArray("files");
        return answer;
    }

    private static ApiException unknown(RelativePath folder) {
        return ApiException.notFound("unknown_path", "the vault has no folder " + folder);
    }

    private static ObjectNode list(Catalog catalog, RelativePath folder, Optional<Instant> at, boolean deleted) {
        long sequence = History.sequence(catalog, at);
        ObjectNode answer = empty(RelativePath.ROOT).put("path", folder.value());
        ArrayNode folders = (ArrayNode) answer.get("folders");
        ArrayNode files = (ArrayNode) answer.get("files");
        for (Listed listed : catalog.versions().folder(folder, sequence, deleted ? Scope.WITH_DELETED : Scope.LIVE)) {
            ObjectNode entry = entry(listed, deleted && isDeleted(catalog, listed, sequence));
            (listed.version().kind() == VersionKind.FOLDER ? folders : files).add(entry);
        }
        if (folders.isEmpty() && files.isEmpty()) {
            requireFolder(catalog, folder, sequence, deleted);
        }
        return answer;
    }

    private static void requireFolder(Catalog catalog, RelativePath folder, long sequence, boolean deleted) {
        boolean there = folder.isRoot()
                || catalog.versions()
                        .at(folder, sequence)
                        .filter(version -> version.kind() == VersionKind.FOLDER || deleted && version.deleted())
                        .isPresent();
        if (!there) {
            throw unknown(folder);
        }
    }

    /** One path, as every list tells it. */
    static ObjectNode entry(Listed listed, boolean deleted) {
        Version version = listed.version();
        String name = version.path().name();
        MediaType type = MediaType.of(name);
        return Json.object()
                .put("path", version.path().value())
                .put("name", name)
                .put("kind", version.kind().name().toLowerCase(Locale.ROOT))
                .put("size", version.size())
                .put("modified", version.modified().toString())
                .put("sha256", version.sha256().map(Object::toString).orElse(null))
                .put("deleted", deleted)
                .put("versions", listed.versions())
                .put(
                        "preview",
                        version.kind() == VersionKind.FILE ? type.shown().word() : "none");
    }

    /** The newest version of a path is what it is; before that, a deletion may have followed. */
    private static boolean isDeleted(Catalog catalog, Listed listed, long sequence) {
        return listed.number() < listed.versions()
                && catalog.versions()
                        .at(listed.version().path(), sequence)
                        .filter(Version::deleted)
                        .isPresent();
    }

    /** {@code GET /api/trash}: everything that was deleted and can come back. */
    void trash(Context context) throws IOException {
        ObjectNode answer = Json.object();
        ArrayNode files = answer.putArray("files");
        boolean complete = door.read(vault -> trash(vault.catalog(), files)).orElse(true);
        Json.answer(context, answer.put("complete", complete));
    }

    private static boolean trash(Catalog catalog, ArrayNode files) {
        try (Cursor<Listed> tree =
                catalog.versions().tree(RelativePath.ROOT, Version.UNCOMMITTED, Scope.WITH_DELETED)) {
            while (tree.hasNext()) {
                Listed listed = tree.next();
                boolean file = listed.version().kind() != VersionKind.FOLDER;
                if (file && isDeleted(catalog, listed, Version.UNCOMMITTED)) {
                    if (files.size() == MOST_DELETED) {
                        return false;
                    }
                    files.add(entry(listed, true)
                            .put("deleted_at", deletedAt(catalog, listed).toString()));
                }
            }
        }
        return true;
    }

    private static Instant deletedAt(Catalog catalog, Listed listed) {
        return catalog.versions()
                .at(listed.version().path(), Version.UNCOMMITTED)
                .map(Version::modified)
                .orElse(listed.version().modified());
    }
}
