package dev.dsync.metadata;

import java.util.Optional;

/**
 * Where a blob lies, in the words of {@code files.json}.
 *
 * @param webhookUrl the target: a webhook's URL, with or without its secret, or a line like it
 * @param cdnUrl a link to the blob
 * @param messageId the message that holds it
 * @param attachmentId which of its attachments it is
 */
public record StoredPlace(
        String webhookUrl, Optional<String> cdnUrl, Optional<String> messageId, Optional<String> attachmentId) {

    /** Without what may be secret. */
    @Override
    public String toString() {
        return "message " + messageId + ", attachment " + attachmentId;
    }
}
