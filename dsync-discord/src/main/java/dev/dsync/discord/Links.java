package dev.dsync.discord;

import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.StorageException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The links of attachments, as far as known and still good. Message and attachment id are the truth; a link is asked for
 * again when it is missing or about to end. One question brings the links of all attachments of a message.
 *
 * <p>Safe for use by many threads; threads that need the same message wait for one question.
 */
final class Links {

    /** Some 500 bytes each: a few megabytes, and enough for 87 GB of full packs. */
    private static final int MOST = 10_000;

    private static final int STRIPES = 32;

    /** Fetches a message from Discord. */
    interface Messages {
        Message get(String messageId) throws StorageException;
    }

    private final Messages messages;
    private final Traffic traffic;
    private final Object[] stripes = new Object[STRIPES];
    private final Map<DiscordAddress, SignedLink> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<DiscordAddress, SignedLink> eldest) {
            return size() > MOST;
        }
    };

    Links(Messages messages, Traffic traffic) {
        this.messages = messages;
        this.traffic = traffic;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /** Takes in the links of a message just seen. */
    void learn(Message message) {
        synchronized (known) {
            for (Message.Attachment attachment : message.attachments()) {
                Optional<SignedLink> link = SignedLink.of(attachment);
                if (link.isPresent() && DiscordAddress.isId(attachment.id())) {
                    known.put(new DiscordAddress(message.id(), attachment.id()), link.get());
                }
            }
        }
    }

    /**
     * A link that is good now.
     *
     * @throws BlobNotFoundException if message or attachment no longer exist
     */
    SignedLink good(DiscordAddress address) throws StorageException {
        Optional<SignedLink> link = known(address);
        if (link.isPresent()) {
            return link.get();
        }
        synchronized (stripes[Math.floorMod(address.messageId().hashCode(), STRIPES)]) {
            link = known(address);
            return link.isPresent() ? link.get() : ask(address);
        }
    }

    /** A link other than the one given, which was refused; one that another thread has asked for meanwhile will do. */
    SignedLink insteadOf(SignedLink refused, DiscordAddress address) throws StorageException {
        forget(refused, address);
        return good(address);
    }

    void forget(SignedLink link, DiscordAddress address) {
        synchronized (known) {
            known.remove(address, link);
        }
    }

    void forget(DiscordAddress address) {
        synchronized (known) {
            known.remove(address);
        }
    }

    /** The link last heard of, good or not. */
    Optional<SignedLink> latest(DiscordAddress address) {
        synchronized (known) {
            return Optional.ofNullable(known.get(address));
        }
    }

    private Optional<SignedLink> known(DiscordAddress address) {
        Instant now = Instant.ofEpochMilli(traffic.now());
        synchronized (known) {
            return Optional.ofNullable(known.get(address)).filter(link -> link.isGoodAt(now));
        }
    }

    private SignedLink ask(DiscordAddress address) throws StorageException {
        Message message = messages.get(address.messageId());
        learn(message);
        Message.Attachment attachment = message.attachment(address.attachmentId())
                .orElseThrow(() -> new BlobNotFoundException("message " + address.messageId()
                        + " is there, its attachment " + address.attachmentId() + " no longer"));
        return SignedLink.of(attachment)
                .orElseThrow(() -> new BlobNotFoundException("Discord gives no link to attachment "
                        + address.attachmentId() + " of message " + address.messageId()));
    }
}
