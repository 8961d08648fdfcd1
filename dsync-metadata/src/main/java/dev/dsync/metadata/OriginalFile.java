package dev.dsync.metadata;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the original program's {@code files.json}, as far as it makes sense by itself.
 *
 * @param path with {@code /} between names, as found; whether it stays in the folder is for others to judge
 * @param size bytes of content
 * @param sha256 64 hexadecimal digits
 * @param created when, if it says
 * @param compressed whether the whole file was compressed
 * @param encrypted whether it was encrypted then
 * @param deleted whether it was marked deleted
 * @param chunks its parts, in order
 */
public record OriginalFile(
        String path,
        long size,
        String sha256,
        Optional<Instant> created,
        boolean compressed,
        boolean encrypted,
        boolean deleted,
        List<Chunk> chunks) {

    /**
     * One part.
     *
     * @param sha256 64 hexadecimal digits
     * @param webhookUrl where it was uploaded; empty if it does not say. Often a secret
     * @param cdnUrl the link to it; empty if it does not say
     * @param messageId the message that holds it, which only dsync writes down
     * @param attachmentId which of the message's attachments it is, likewise
     */
    public record Chunk(
            String sha256,
            String webhookUrl,
            String cdnUrl,
            Optional<String> messageId,
            Optional<String> attachmentId) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "part " + sha256;
        }
    }

    public OriginalFile {
        chunks = List.copyOf(chunks);
    }
}
