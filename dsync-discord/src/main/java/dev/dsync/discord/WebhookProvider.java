package dev.dsync.discord;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens Discord webhooks. All webhooks of a home that one provider opens share their lanes, so open them with the same
 * provider; others of the same home share what lies in the home's state.
 *
 * <p>A webhook is asked for its channel once, the first time it is opened; after that opening sends nothing.
 */
public final class WebhookProvider implements StorageBackendProvider {

    private final Sleeper sleeper;
    private final Duration silence;
    private final Map<Path, Traffic> traffic = new ConcurrentHashMap<>();

    /** A provider whose threads wait in real time. */
    public WebhookProvider() {
        this(duration -> Thread.sleep(duration.toMillis()));
    }

    /** A provider whose threads wait on the given sleeper, which must move the clock of the surroundings. */
    public WebhookProvider(Sleeper sleeper) {
        this(sleeper, Rules.SILENCE_TIMEOUT);
    }

    /** A provider that takes a service silent for this long for dead. */
    WebhookProvider(Sleeper sleeper, Duration silence) {
        this.sleeper = sleeper;
        this.silence = silence;
    }

    @Override
    public boolean understands(String line) {
        return WebhookUrl.resembles(line);
    }

    @Override
    public Optional<TargetId> idOf(String line) {
        return Optional.of(WebhookUrl.parse(line).target());
    }

    @Override
    public StorageBackend open(String line, Surroundings surroundings) throws StorageException {
        WebhookUrl url = WebhookUrl.parse(line);
        Path state = surroundings.state();
        try {
            Files.createDirectories(state);
        } catch (IOException e) {
            throw new TargetUnavailableException(state + " cannot be made", Rules.LONGEST_PAUSE, e);
        }
        Traffic shared = traffic.computeIfAbsent(
                state.toAbsolutePath().normalize(),
                folder -> new Traffic(
                        folder, surroundings.clock(), sleeper, silence, surroundings.random(), surroundings.stop()));
        Optional<Card> known = CardFile.load(state, url.id());
        if (known.isPresent()) {
            CardFile file = new CardFile(state, url.id(), known.get());
            file.change(card -> card.triedAgain(surroundings.clock().instant().toEpochMilli()));
            return new DiscordBackend(url, shared, file);
        }
        // the channel is what is asked for, so the question itself has a lane of its own
        WebhookCalls calls = new WebhookCalls(
                url, shared, new Gate(shared, shared.lane("unknown"), shared.buckets(url.id())), () -> {});
        CardFile learned = new CardFile(state, url.id(), ask(url, calls));
        learned.save();
        DiscordBackend backend = new DiscordBackend(url, shared, learned);
        backend.described(calls.requests());
        return backend;
    }

    private static Card ask(WebhookUrl url, WebhookCalls calls) throws StorageException {
        JsonNode answer = calls.patiently(calls::describe);
        try {
            return Card.fresh(
                    answer.path("channel_id").asText(),
                    answer.path("guild_id").asText(),
                    answer.path("name").asText());
        } catch (IllegalArgumentException e) {
            throw new TargetUnavailableException(
                    "webhook " + url.id() + " does not say which channel it posts to", Rules.LONGEST_PAUSE, e);
        }
    }
}
