package dev.dsync.web;

import dev.dsync.placement.Health;
import dev.dsync.placement.PoolListener;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Hears how targets are doing, tells it on, and remembers each one's last trouble. */
final class TargetNews implements PoolListener {

    /**
     * What went wrong last.
     *
     * @param why a sentence without secrets
     */
    record Trouble(Instant at, String why) {}

    private final Map<TargetId, Trouble> troubles = new ConcurrentHashMap<>();
    private final Feed feed;
    private final InstantSource clock;
    private final UnaryOperator<String> redaction;

    TargetNews(Feed feed, InstantSource clock, UnaryOperator<String> redaction) {
        this.feed = feed;
        this.clock = clock;
        this.redaction = redaction;
    }

    @Override
    public void changed(TargetId target, Health health, StorageException cause) {
        String why = redaction.apply(String.valueOf(cause.getMessage()));
        if (health != Health.READY) {
            troubles.put(target, new Trouble(clock.instant(), why));
        }
        feed.publish(
                "target",
                Json.object()
                        .put("id", target.value())
                        .put("health", health.name().toLowerCase(Locale.ROOT))
                        .put("why", why));
    }

    Optional<Trouble> lastTrouble(TargetId target) {
        return Optional.ofNullable(troubles.get(target));
    }
}
