package dev.dsync.discord;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What dsync has learned of a webhook and keeps, so that it need not ask again. All of it can be learned anew.
 *
 * @param channel the channel it posts to
 * @param guild the server that channel belongs to
 * @param name the name it had when last seen; it may hold the number of the root message
 * @param nameSeenAt when that was, in milliseconds since 1970; 0 if it must be looked at before it is believed
 * @param rootMessage the number of the root message that this home wrote or read last; empty if it knows none
 * @param maxBlobBytes the largest file it takes, as known from refusals
 * @param maxRequestBytes the most bytes of files one request may carry, as known from refusals
 * @param limitedAt when it last refused something as too large, in milliseconds since 1970; 0 if it never did
 * @param uploadsRepeated how many uploads lost their reply and were sent again
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Card(
        String channel,
        String guild,
        String name,
        long nameSeenAt,
        String rootMessage,
        int maxBlobBytes,
        long maxRequestBytes,
        long limitedAt,
        long uploadsRepeated) {

    private static final long MOST_REQUEST_BYTES = Rules.LARGEST_REQUEST_BYTES - Rules.REQUEST_OVERHEAD_BYTES;

    Card {
        if (!DiscordAddress.isId(channel) || !DiscordAddress.isId(guild)) {
            throw new IllegalArgumentException("channel and guild are numbers");
        }
        if (!rootMessage.isEmpty() && !DiscordAddress.isId(rootMessage)) {
            throw new IllegalArgumentException("a message's id is a number");
        }
        if (maxBlobBytes < 1 || maxRequestBytes < maxBlobBytes) {
            throw new IllegalArgumentException("impossible limits");
        }
    }

    static Card fresh(String channel, String guild, String name) {
        return new Card(channel, guild, name, 0, "", Rules.LARGEST_FILE_BYTES, MOST_REQUEST_BYTES, 0, 0);
    }

    Card in(String newChannel, String newGuild) {
        return new Card(
                newChannel,
                newGuild,
                name,
                nameSeenAt,
                rootMessage,
                maxBlobBytes,
                maxRequestBytes,
                limitedAt,
                uploadsRepeated);
    }

    /** The webhook had this name at that time; if the name points to a root message, that is the one. */
    Card named(String newName, long at) {
        String root = RootName.messageId(newName).orElse(rootMessage);
        return new Card(channel, guild, newName, at, root, maxBlobBytes, maxRequestBytes, limitedAt, uploadsRepeated);
    }

    /**
     * A file of so many bytes was refused. The service does not say what it takes instead: so the next of the limits it
     * is known to set, because one byte less at a time would cost an upload each.
     */
    Card refusing(int fileBytes, long at) {
        int next = Rules.FILE_LIMITS.stream()
                .filter(limit -> limit < fileBytes)
                .findFirst()
                .orElse(fileBytes - 1);
        return limited(Math.max(1, Math.min(maxBlobBytes, next)), maxRequestBytes, at);
    }

    /** Files of so many bytes together were refused, though each of them alone was taken. */
    Card refusingTogether(long bytes, long at) {
        long request = Math.max(1, Math.min(maxRequestBytes, bytes - 1));
        return limited((int) Math.min(maxBlobBytes, request), request, at);
    }

    /**
     * With the limits that the service publishes, if the last refusal is long ago: it may have been a mistake, or the
     * webhook may take more by now. If not, one more upload is refused, and nothing worse happens.
     */
    Card triedAgain(long now) {
        boolean limited = maxBlobBytes < Rules.LARGEST_FILE_BYTES || maxRequestBytes < MOST_REQUEST_BYTES;
        return limited && now - limitedAt >= Rules.LIMITS_TRIED_AGAIN_AFTER.toMillis()
                ? limited(Rules.LARGEST_FILE_BYTES, MOST_REQUEST_BYTES, 0)
                : this;
    }

    private Card limited(int blobBytes, long requestBytes, long at) {
        return new Card(channel, guild, name, nameSeenAt, rootMessage, blobBytes, requestBytes, at, uploadsRepeated);
    }

    Card withOneMoreRepeat() {
        return new Card(
                channel,
                guild,
                name,
                nameSeenAt,
                rootMessage,
                maxBlobBytes,
                maxRequestBytes,
                limitedAt,
                uploadsRepeated + 1);
    }
}
