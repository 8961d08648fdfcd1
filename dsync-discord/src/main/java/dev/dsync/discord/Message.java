package dev.dsync.discord;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message as Discord describes it.
 *
 * @param author the name its webhook had when it was posted
 */
record Message(String id, String channelId, String author, String content, List<Attachment> attachments) {

    /** A file of a message. The URL is signed and ends; see {@link SignedLink}. */
    record Attachment(String id, String fileName, long bytes, String url) {}

    /** The message that the JSON describes; empty if it describes none. */
    static Optional<Message> of(JsonNode json) {
        String id = json.path("id").asText();
        if (!DiscordAddress.isId(id)) {
            return Optional.empty();
        }
        List<Attachment> attachments = new ArrayList<>();
        for (JsonNode node : json.path("attachments")) {
            attachments.add(new Attachment(
                    node.path("id").asText(),
                    node.path("filename").asText(),
                    node.path("size").asLong(-1),
                    node.path("url").asText()));
        }
        return Optional.of(new Message(
                id,
                json.path("channel_id").asText(),
                json.path("author").path("username").asText(),
                json.path("content").asText(),
                List.copyOf(attachments)));
    }

    Optional<Attachment> attachment(String attachmentId) {
        return attachments.stream()
                .filter(attachment -> attachment.id().equals(attachmentId))
                .findFirst();
    }
}
