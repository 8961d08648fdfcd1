package dev.dsync.discord;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The card of one webhook, in memory and in a file of the home's state. Safe for use by many threads. */
final class CardFile {

    private static final Logger LOG = LoggerFactory.getLogger(CardFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private Card card;

    CardFile(Path state, String webhookId, Card card) {
        this.file = file(state, webhookId);
        this.card = card;
    }

    /** The card kept for the webhook; empty if there is none that can be read. */
    static Optional<Card> load(Path state, String webhookId) {
        Path file = file(state, webhookId);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Card.class));
        } catch (IOException e) {
            LOG.warn("{} cannot be read and is made anew: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static Path file(Path state, String webhookId) {
        return state.resolve("discord-webhook-" + webhookId + ".json");
    }

    synchronized Card card() {
        return card;
    }

    /** Changes the card and keeps it. One that cannot be written is only remembered. */
    synchronized Card change(UnaryOperator<Card> change) {
        Card changed = change.apply(card);
        if (!changed.equals(card)) {
            card = changed;
            save();
        }
        return changed;
    }

    synchronized void save() {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        try {
            JSON.writeValue(written.toFile(), card);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file, e.toString());
        }
    }
}
