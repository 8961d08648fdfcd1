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
 * that nobody points to. A name that was seen not long ago is believed without asking: each upload shows it again, and a
 * message that is not there any more shows that it is out of date.
 */
final class MessageRoot implements RootSlot {

    private final WebhookCalls calls;
    private final CardFile card;
    private final Traffic traffic;

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
        Optional<String> believed = messageId();
        Optional<ByteBuffer> root = believed.isEmpty() ? Optional.empty() : read(believed.get());
        if (root.isPresent() || believed.isEmpty()) {
            return root;
        }
        Optional<String> named = lookAtName();
        return named.isEmpty() || named.equals(believed) ? Optional.empty() : read(named.get());
    }

    /** The root in the message; empty if there is none, or no such message. */
    private Optional<ByteBuffer> read(String messageId) throws StorageException {
        try {
            return RootText.root(content(calls.patiently(() -> calls.message(messageId))));
        } catch (BlobNotFoundException e) {
            // someone has deleted the message
            return Optional.empty();
        }
    }

    @Override
    public synchronized void write(ByteBuffer root) throws StorageException {
        checkSize(root);
        String text = RootText.of(root);
        Optional<String> believed = messageId();
        if (believed.isPresent() && edit(believed.get(), text)) {
            return;
        }
        Optional<String> named = believed.isEmpty() ? believed : lookAtName();
        if (named.isPresent() && !named.equals(believed) && edit(named.get(), text)) {
            return;
        }
        if (named.isEmpty() && editUnnamed(text)) {
            return;
        }
        JsonNode posted = calls.patiently(() -> calls.post(text));
        check(posted, text);
        pointTo(posted.path("id").asText());
    }

    private boolean edit(String messageId, String text) throws StorageException {
        try {
            check(calls.patiently(() -> calls.edit(messageId, text)), text);
            return true;
        } catch (BlobNotFoundException e) {
            // deleted by someone: another takes its place
            return false;
        }
    }

    /** The name is gone, the message need not be: other homes may know it, so it stays the one. */
    private boolean editUnnamed(String text) throws StorageException {
        String known = card.card().rootMessage();
        if (known.isEmpty() || !edit(known, text)) {
            return false;
        }
        pointTo(known);
        return true;
    }

    private void pointTo(String messageId) throws StorageException {
        String name = RootName.of(messageId);
        nameIs(calls.patiently(() -> calls.rename(name)).path("name").asText(name));
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
        Card known = card.card();
        Optional<String> messageId = RootName.messageId(known.name());
        Duration trusted = messageId.isPresent() ? Rules.NAME_TRUSTED : Rules.ROOTLESS_NAME_TRUSTED;
        long age = traffic.now() - known.nameSeenAt();
        // a time to come is from a clock that was wrong
        return age >= 0 && age <= trusted.toMillis() ? messageId : lookAtName();
    }

    private Optional<String> lookAtName() throws StorageException {
        nameIs(calls.patiently(calls::describe).path("name").asText());
        return RootName.messageId(card.card().name());
    }

    /** The webhook has this name now. */
    void nameIs(String name) {
        long now = traffic.now();
        card.change(known -> known.named(name, now));
    }

    /**
     * A message was posted under this name. If it is another than the one known, the webhook is asked before the root is
     * used again: the answer may be older than a change of the name that was made here.
     */
    void postedAs(String name) {
        Card known = card.card();
        if (!name.equals(known.name())) {
            card.change(before -> before.named(before.name(), 0));
        } else if (traffic.now() - known.nameSeenAt() > Rules.NAME_NOTED_EVERY.toMillis()) {
            nameIs(name);
        }
    }
}
