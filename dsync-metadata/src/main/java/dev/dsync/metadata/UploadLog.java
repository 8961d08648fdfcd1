package dev.dsync.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The original program's {@code logs/upload.log}: what Discord replied to each upload, as JSON on one line or many, among
 * lines of other things. It knows what {@code files.json} lacks: in which message a part lies, and how long the part is.
 * A reply that was cut off is passed over.
 */
public final class UploadLog {

    /**
     * What a reply says of an attachment.
     *
     * @param messageId the message that holds it
     * @param webhookId the webhook that posted it; empty if it does not say
     * @param bytes how long it is; 0 if it does not say
     */
    public record Reply(String messageId, String webhookId, long bytes) {}

    /** A reply has some 2,000 characters; what is much longer is none. */
    private static final int LONGEST_REPLY = 1 << 20;

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, Reply> byAttachment = new HashMap<>();
    private StringBuilder reply = new StringBuilder();

    private UploadLog() {}

    /** A log that knows nothing. */
    public static UploadLog empty() {
        return new UploadLog();
    }

    /** Reads a log. */
    public static UploadLog read(Path file) throws IOException {
        UploadLog log = new UploadLog();
        // Whatever is not UTF-8 is not in the parts that matter.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.take(line);
            }
        }
        return log;
    }

    /** What was replied to the upload of this attachment. */
    public Optional<Reply> find(String attachmentId) {
        return Optional.ofNullable(byAttachment.get(attachmentId));
    }

    /** Replies begin with a brace at the start of a line, or stand on a line behind a time. */
    private void take(String line) {
        boolean begins = line.startsWith("{");
        if (reply.isEmpty() && !begins && line.endsWith("}") && line.contains("{\"")) {
            tryToParse(line.substring(line.indexOf("{\"")));
            return;
        }
        if (begins || line.startsWith("[") || line.startsWith("=") || reply.length() > LONGEST_REPLY) {
            reply = new StringBuilder();
        }
        if (begins || !reply.isEmpty()) {
            reply.append(line).append('\n');
            if (line.endsWith("}") && (begins || line.startsWith("}")) && tryToParse(reply.toString())) {
                reply = new StringBuilder();
            }
        }
    }

    private boolean tryToParse(String text) {
        try {
            JsonNode message = mapper.readTree(text);
            for (JsonNode attachment : message.path("attachments")) {
                byAttachment.put(
                        attachment.path("id").asText(),
                        new Reply(
                                message.path("id").asText(),
                                message.path("webhook_id").asText(""),
                                attachment.path("size").asLong(0)));
            }
            return true;
        } catch (JsonProcessingException e) {
            // Not all of it yet, or no reply.
            return false;
        }
    }
}
