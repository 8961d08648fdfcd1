package dev.dsync.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.RootSlot;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * The root of a webhook: a message of its own that is edited in place. The number of the message stands in the webhook's
 * name, so whoever has the URL finds it. Safe for use by many threads, which take turns.
 *
 * <p>The name is written once, and again when message or name are found gone. A crash between the two leaves a message
 * that nobody points to.
 */
final class MessageRoot implements RootSlot {

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final WebhookCalls calls;
    private final CardFile card;
    private final Traffic traffic;
    private volatile long nameSeenAt = NEVER;

    MessageRoot(WebhookCalls calls, CardFile card, Traffic traffic) {
        this.calls = calls;
        this.card = card;
        this.traffic = traffic;
    }

    @Override
    public int capacity() {
        return RootText.CAPACITY;
    }

    @Override
    public synchronized Optional<ByteBuffer> read() throws StorageException {
        Optional<String> messageId = messageId();
        if (messageId.isEmpty()) {
            return Optional.empty();
        }
        try {
            return RootText.root(content(Patience.with(() -> calls.message(messageId.get()))));
        } catch (BlobNotFoundException e) {
            // the name points to a message that someone has deleted: there is no root
            return Optional.empty();
        }
    }

    @Override
    public synchronized void write(ByteBuffer root) throws StorageException {
        checkSize(root);
        String text = RootText.of(root);
        Optional<String> messageId = messageId();
        if (messageId.isEmpty() || !edit(messageId.get(), text)) {
            create(text);
        }
    }

    private boolean edit(String messageId, String text) throws StorageException {
        try {
            check(Patience.with(() -> calls.edit(messageId, text)), text);
            return true;
        } catch (BlobNotFoundException e) {
            // deleted by someone: a new one takes its place
            return false;
        }
    }

    private void create(String text) throws StorageException {
        JsonNode posted = Patience.with(() -> calls.post(text));
        check(posted, text);
        String name = RootName.of(posted.path("id").asText());
        nameIs(Patience.with(() -> calls.rename(name)).path("name").asText(name));
    }

    private static void check(JsonNode message, String text) throws StorageException {
        if (!content(message).equals(text)
                || !DiscordAddress.isId(message.path("id").asText())) {
            throw new TargetUnavailableException(
                    "Discord did not keep the root message as it was sent", Rules.FIRST_PAUSE);
        }
    }

    private static String content(JsonNode message) {
        return message.path("content").asText();
    }

    /** The message that the name points to, after a look at the name if the last one was long ago. */
    private Optional<String> messageId() throws StorageException {
        Optional<String> known = RootName.messageId(card.card().name());
        Duration trusted = known.isPresent() ? Rules.NAME_TRUSTED : Rules.ROOTLESS_NAME_TRUSTED;
        if (traffic.now() - nameSeenAt <= trusted.toMillis()) {
            return known;
        }
        nameIs(Patience.with(calls::describe).path("name").asText());
        return RootName.messageId(card.card().name());
    }

    /** The webhook has this name now. */
    void nameIs(String name) {
        card.change(card -> card.named(name));
        nameSeenAt = traffic.now();
    }

    /**
     * A message was posted under this name. If it is another than the one known, the webhook is asked before the root is
     * used again: the answer may be older than a change of the name that was made here.
     */
    void postedAs(String name) {
        nameSeenAt = name.equals(card.card().name()) ? traffic.now() : NEVER;
    }
}
