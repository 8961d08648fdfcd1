package dev.dsync.metadata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dsync.pipeline.FolderRecords;
import dev.dsync.source.FileMeta;
import dev.dsync.source.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;

/** What the original program stores for a folder: one JSON object, in clear. */
public final class FolderJson implements FolderRecords {

    private final ZoneId zone;

    /** @param zone in which the original writes times */
    public FolderJson(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public byte[] of(RelativePath folder, FileMeta meta, long files, long folders) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("folder_path", folder.value());
            json.writeStringField("date_created", LocalTimes.of(meta.modified(), zone));
            json.writeNumberField("file_count", files);
            json.writeNumberField("folder_count", folders);
            json.writeNullField("cdn_url");
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
