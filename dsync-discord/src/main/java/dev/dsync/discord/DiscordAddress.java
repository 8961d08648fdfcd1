package dev.dsync.discord;

import dev.dsync.storage.BlobAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a blob lies on Discord: the message and the attachment in it, written {@code message/attachment}. */
record DiscordAddress(String messageId, String attachmentId) {

    private static final String ID = "[1-9][0-9]{0,19}";
    private static final Pattern WRITTEN = Pattern.compile("(" + ID + ")/(" + ID + ")");

    DiscordAddress {
        if (!isId(messageId) || !isId(attachmentId)) {
            throw new IllegalArgumentException("ids of Discord are numbers, not " + messageId + " and " + attachmentId);
        }
    }

    static boolean isId(String text) {
        return text.matches(ID);
    }

    /** The place that the address names; empty if it names none that Discord could have given. */
    static Optional<DiscordAddress> of(BlobAddress address) {
        Matcher written = WRITTEN.matcher(address.value());
        return written.matches()
                ? Optional.of(new DiscordAddress(written.group(1), written.group(2)))
                : Optional.empty();
    }

    BlobAddress toBlobAddress() {
        return new BlobAddress(messageId + "/" + attachmentId);
    }
}
