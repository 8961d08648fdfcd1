package dev.dsync.metadata;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes what the vault holds now as the original program lists it, in {@code files.json} and {@code folders.json}: its
 * fields with its meaning, and some of ours beside them. In memory of one entry, however many there are.
 */
public final class JsonExport {

    /** The field that tells our files from the original's. */
    static final String WRITTEN_BY = "written_by";

    /** How much was written. */
    public record Written(long files, long folders) {}

    private final Catalog catalog;
    private final ExportedContent content;
    private final ZoneId zone;
    private final Instant now;

    /**
     * An export of what {@code catalog} holds.
     *
     * @param zone in which the original writes times
     */
    public JsonExport(Catalog catalog, StoredPlaces places, ZoneId zone, Instant now) {
        this.catalog = catalog;
        this.content = new ExportedContent(catalog, places);
        this.zone = zone;
        this.now = now;
    }

    /** Writes both files, each as a whole or not at all. */
    public Written write(Path filesJson, Path foldersJson) throws IOException {
        return new Written(writeFiles(filesJson), writeFolders(foldersJson));
    }

    private Cursor<Listed> tree(Scope scope) {
        return catalog.versions().tree(RelativePath.ROOT, Version.UNCOMMITTED, scope);
    }

    private void begin(JsonGenerator json, String entries) throws IOException {
        json.writeStartObject();
        json.writeStringField("last_updated", LocalTimes.of(now, zone));
        json.writeStringField(WRITTEN_BY, "dsync");
        json.writeObjectFieldStart(entries);
    }

    private static void end(JsonFile file) throws IOException {
        file.json().writeEndObject();
        file.json().writeEndObject();
        file.complete();
    }

    private long writeFiles(Path place) throws IOException {
        long files = 0;
        try (JsonFile file = new JsonFile(place);
                Cursor<Listed> tree = tree(Scope.WITH_DELETED)) {
            begin(file.json(), "files");
            while (tree.hasNext()) {
                Listed listed = tree.next();
                if (listed.version().kind() == VersionKind.FILE) {
                    writeFile(file.json(), listed);
                    files++;
                }
            }
            end(file);
        }
        return files;
    }

    private void writeFile(JsonGenerator json, Listed listed) throws IOException {
        Version version = listed.version();
        json.writeObjectFieldStart(version.path().value());
        json.writeStringField("file_path", version.path().value());
        json.writeStringField("file_hash", version.sha256().orElseThrow().toString());
        json.writeNumberField("file_size", version.size());
        json.writeStringField("date_created", LocalTimes.of(version.modified(), zone));
        json.writeStringField("file_type", suffix(version.path().name()));
        content.write(json, version);
        json.writeBooleanField("deleted", listed.number() < listed.versions());
        json.writeStringField("layout", version.layout().classic() ? "classic" : "packed");
        json.writeNumberField("versions", listed.versions());
        json.writeEndObject();
    }

    /** As the original has it: from the last dot on, if there is something before and behind it. */
    static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        boolean hidden = dot >= 0 && name.substring(0, dot).chars().allMatch(letter -> letter == '.');
        return dot < 0 || hidden || dot == name.length() - 1 ? "" : name.substring(dot);
    }

    /** A folder whose end in the tree is not reached yet. */
    private static final class Open {
        private final Version folder;
        private long files;
        private long folders;

        Open(Version folder) {
            this.folder = folder;
        }
    }

    private long writeFolders(Path place) throws IOException {
        long count = 0;
        Deque<Open> open = new ArrayDeque<>();
        try (JsonFile file = new JsonFile(place);
                Cursor<Listed> tree = tree(Scope.LIVE)) {
            begin(file.json(), "folders");
            while (tree.hasNext()) {
                Version version = tree.next().version();
                while (!open.isEmpty()
                        && !version.path().startsWith(open.getFirst().folder.path())) {
                    writeFolder(file.json(), open.removeFirst());
                }
                if (version.kind() == VersionKind.FOLDER && !version.path().isRoot()) {
                    open.forEach(above -> above.folders++);
                    open.addFirst(new Open(version));
                    count++;
                } else if (version.kind() == VersionKind.FILE) {
                    open.forEach(above -> above.files++);
                }
            }
            while (!open.isEmpty()) {
                writeFolder(file.json(), open.removeFirst());
            }
            end(file);
        }
        return count;
    }

    private void writeFolder(JsonGenerator json, Open open) throws IOException {
        String path = open.folder.path().value();
        json.writeObjectFieldStart(path);
        json.writeStringField("folder_path", path);
        json.writeStringField("date_created", LocalTimes.of(open.folder.modified(), zone));
        json.writeNumberField("file_count", open.files);
        json.writeNumberField("folder_count", open.folders);
        content.writeRecord(json, open.folder);
        json.writeEndObject();
    }
}
