package dev.dsync.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes sense of one entry of {@code files.json}, where it can be done without guessing. */
final class OriginalEntry {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    /** Whole numbers that JSON carries without loss; no file is longer. */
    private static final long MOST_BYTES = 1L << 53;

    private final ZoneId zone;

    OriginalEntry(ZoneId zone) {
        this.zone = zone;
    }

    /** A path as the original's system wrote it: on Windows with backslashes, which no other system has in names. */
    static String path(String written) {
        return written.replace('\\', '/');
    }

    /** Whether dsync wrote it of a file that lies in packs. */
    static boolean isInPacks(JsonNode node) {
        return node.path("layout").asText("").equals("packed");
    }

    OriginalFile read(String key, JsonNode node) throws SenselessEntryException {
        require(node.isObject(), "its entry is no object");
        require(
                !node.path("layout").asText("classic").equals("packed"),
                "it is stored in packs: dsync recover brings" + " such files back, nothing need be imported");
        String path =
                node.path("file_path").isTextual() ? node.path("file_path").asText() : key;
        long size = size(node.path("file_size"));
        JsonNode chunks = node.path("chunks");
        require(chunks.isArray() || chunks.isMissingNode() && size == 0, "it has no list of chunks");
        OriginalFile.Chunk[] parts = new OriginalFile.Chunk[chunks.size()];
        for (int i = 0; i < chunks.size(); i++) {
            int place = index(chunks.get(i), i, parts.length);
            require(parts[place] == null, "its chunk " + place + " is listed twice");
            parts[place] = chunk(chunks.get(i), place);
        }
        require(parts.length > 0 || size == 0, "it has no chunks, as after an upload that broke off");
        boolean encrypted = truth(node, "encrypted");
        require(parts.length > 0 || !encrypted, "it has no chunks, as after an upload that broke off");
        return new OriginalFile(
                path(path),
                size,
                digest(node.path("file_hash"), "file_hash"),
                time(node.path("date_created").asText()),
                truth(node, "compressed"),
                encrypted,
                truth(node, "deleted"),
                List.of(parts));
    }

    private static long size(JsonNode node) throws SenselessEntryException {
        require(!node.isMissingNode(), "it has no file_size");
        require(
                node.isIntegralNumber() && node.canConvertToLong() && node.asLong() >= 0 && node.asLong() <= MOST_BYTES,
                "its file_size is no number of bytes: " + shown(node));
        return node.asLong();
    }

    private static int index(JsonNode chunk, int place, int chunks) throws SenselessEntryException {
        require(chunk.isObject(), "its chunk " + place + " is no object");
        JsonNode node = chunk.path("chunk_index");
        if (node.isMissingNode()) {
            return place;
        }
        require(
                node.isIntegralNumber() && node.canConvertToInt() && node.asInt() >= 0 && node.asInt() < chunks,
                "it has " + chunks + " chunks and one of them the chunk_index " + shown(node) + ": some are missing");
        return node.asInt();
    }

    private static OriginalFile.Chunk chunk(JsonNode chunk, int place) throws SenselessEntryException {
        return new OriginalFile.Chunk(
                digest(chunk.path("chunk_hash"), "chunk_hash of chunk " + place),
                chunk.path("webhook_url").asText(""),
                chunk.path("cdn_url").asText(""),
                Optional.ofNullable(chunk.path("message_id").textValue()),
                Optional.ofNullable(chunk.path("attachment_id").textValue()));
    }

    private static String digest(JsonNode node, String name) throws SenselessEntryException {
        require(
                node.isTextual() && DIGEST.matcher(node.asText()).matches(),
                "its " + name + " is no SHA-256: " + shown(node));
        return node.asText().toLowerCase(Locale.ROOT);
    }

    private static boolean truth(JsonNode node, String name) throws SenselessEntryException {
        JsonNode value = node.path(name);
        require(value.isBoolean() || value.isMissingNode(), "its " + name + " is neither true nor false");
        return value.asBoolean();
    }

    /** With a zone or, as Python writes it, without. */
    private Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException withoutZone) {
            try {
                return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant());
            } catch (DateTimeParseException e) {
                // A file without a time is a file all the same.
                return Optional.empty();
            }
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "there is none" : node.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static void require(boolean holds, String otherwise) throws SenselessEntryException {
        if (!holds) {
            throw new SenselessEntryException(otherwise);
        }
    }
}
