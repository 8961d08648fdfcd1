package dev.dsync.metadata;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * The original program's {@code files.json}, read entry by entry. What is not JSON ends the reading with line and column;
 * an entry that is JSON but makes no sense is told and passed over.
 */
public final class OriginalFiles {

    /** Hears of the entries, in the file's order. */
    public interface Listener {

        /** An entry that makes sense. */
        void file(OriginalFile file);

        /** An entry of a file in packs, which dsync wrote: its catalog knows better, nothing is to be imported. */
        void inPacks(String path);

        /** An entry that does not, and why not. */
        void senseless(String path, String reason);
    }

    private final Path file;
    private final ObjectMapper mapper = new ObjectMapper();
    private final OriginalEntry entry;

    /**
     * @param file {@code files.json}
     * @param zone where the original ran: it writes times without a zone
     */
    public OriginalFiles(Path file, ZoneId zone) {
        this.file = file;
        this.entry = new OriginalEntry(zone);
    }

    /**
     * Reads the file.
     *
     * @throws DamagedJsonException if it is not JSON, or not this kind of file
     */
    public void read(Listener listener) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = mapper.createParser(in)) {
            boolean found = false;
            require(json.nextToken() == JsonToken.START_OBJECT, json, "no JSON object");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("files")) {
                    require(json.currentToken() == JsonToken.START_OBJECT, json, "\"files\" is not an object");
                    found = true;
                    readFiles(json, listener);
                } else {
                    json.skipChildren();
                }
            }
            require(found, json, "it has no \"files\"");
            require(json.nextToken() == null, json, "something follows its end");
        } catch (JsonProcessingException e) {
            throw damaged(e.getLocation(), e.getOriginalMessage());
        }
    }

    private void readFiles(JsonParser json, Listener listener) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            JsonNode node = mapper.readTree(json);
            if (OriginalEntry.isInPacks(node)) {
                listener.inPacks(OriginalEntry.path(key));
                continue;
            }
            try {
                listener.file(entry.read(key, node));
            } catch (SenselessEntryException e) {
                listener.senseless(OriginalEntry.path(key), String.valueOf(e.getMessage()));
            }
        }
    }

    private void require(boolean holds, JsonParser json, String otherwise) throws DamagedJsonException {
        if (!holds) {
            throw damaged(json.currentLocation(), otherwise);
        }
    }

    private DamagedJsonException damaged(JsonLocation where, String what) {
        return new DamagedJsonException(file + ", line " + where.getLineNr() + ", column " + where.getColumnNr() + ": "
                + what + ". Nothing was imported");
    }
}
