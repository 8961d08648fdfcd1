package dev.dsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.source.RelativePath;
import dev.dsync.vault.Vault;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * {@code GET} and {@code POST /api/archive}: folders and files as one ZIP, made while it is sent. Most that is large is
 * compressed already, so no time is spent on that.
 */
final class Archive {

    private final VaultDoor door;
    private final Activity activity;

    Archive(VaultDoor door, Activity activity) {
        this.door = door;
        this.activity = activity;
    }

    void send(Context context) throws IOException {
        List<RelativePath> paths = paths(context);
        try (VaultDoor.Lease lease =
                door.lease().orElseThrow(() -> ApiException.notFound("unknown_path", "nothing is stored yet"))) {
            long sequence = History.sequence(lease.vault().catalog(), Paths.at(context));
            requireKnown(lease.vault().catalog(), paths, sequence);
            String name =
                    paths.size() == 1 && !paths.get(0).isRoot() ? paths.get(0).name() : "dsync";
            context.contentType("application/zip");
            context.header("Cache-Control", "no-store");
            context.header("Content-Disposition", Content.disposition(true, name + ".zip"));
            Sending sending = new Sending(context.res().getOutputStream());
            try {
                write(lease.vault(), paths, sequence, sending);
            } catch (IOException e) {
                if (!sending.broken()) {
                    activity.trouble("an archive could not be finished: " + e.getMessage());
                    BrokenOff.end(context);
                }
            }
        }
    }

    /** Few paths stand in the address; many come as one field of a form, a JSON list. */
    private static List<RelativePath> paths(Context context) {
        List<RelativePath> paths = new ArrayList<>();
        context.queryParams("path").forEach(path -> paths.add(Paths.parse(path)));
        if (context.req().getMethod().equals("POST")) {
            String field = Optional.ofNullable(context.formParam("paths"))
                    .orElseThrow(() -> ApiException.badRequest("paths", "the field paths is missing: a JSON list"));
            for (JsonNode path : Json.parse(field)) {
                paths.add(Paths.parse(path.asText()));
            }
        }
        if (paths.isEmpty()) {
            throw ApiException.badRequest("path", "name at least one path");
        }
        // A folder that is wanted brings what lies in it, which must not come twice.
        return paths.stream()
                .distinct()
                .filter(path -> paths.stream().noneMatch(other -> !other.equals(path) && path.startsWith(other)))
                .toList();
    }

    private static void requireKnown(Catalog catalog, List<RelativePath> paths, long sequence) {
        for (RelativePath path : paths) {
            boolean there = path.isRoot()
                    || catalog.versions()
                            .at(path, sequence)
                            .filter(version -> !version.deleted())
                            .isPresent();
            if (!there) {
                throw ApiException.notFound("unknown_path", "the vault has no " + path);
            }
        }
    }

    private static void write(Vault vault, List<RelativePath> paths, long sequence, OutputStream out)
            throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (RelativePath path : paths) {
            int prefix = path.isRoot() ? 0 : path.value().length() - path.name().length();
            try (Cursor<Listed> tree = vault.catalog().versions().tree(path, sequence, Scope.LIVE)) {
                while (tree.hasNext()) {
                    write(vault, tree.next().version(), prefix, zip);
                }
            }
        }
        zip.finish();
    }

    private static void write(Vault vault, Version version, int prefix, ZipOutputStream zip) throws IOException {
        if (version.path().isRoot() || version.kind() == VersionKind.SYMLINK) {
            return;
        }
        boolean folder = version.kind() == VersionKind.FOLDER;
        ZipEntry entry = new ZipEntry(version.path().value().substring(prefix) + (folder ? "/" : ""));
        entry.setLastModifiedTime(FileTime.from(version.modified()));
        zip.putNextEntry(entry);
        if (!folder) {
            vault.content(version).transferTo(0, version.size(), zip);
        }
        zip.closeEntry();
    }
}
