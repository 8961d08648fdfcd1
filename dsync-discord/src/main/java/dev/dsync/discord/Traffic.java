package dev.dsync.discord;

import dev.dsync.storage.RunningTime;
import dev.dsync.storage.ServiceClock;
import dev.dsync.storage.TargetBlockedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * All requests that one home sends to Discord: what every webhook shares. It counts them against the limits of the
 * address, knows the lanes, and stops everything when Discord blocks the address. Safe for use by many threads.
 */
final class Traffic {

    private record Block(String explanation, long until) {}

    private final Path state;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final BooleanSupplier stop;
    private final OkHttpClient client;
    private final RateWindow all;
    private final RateWindow invalid;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile @Nullable Block block;
    private volatile ServiceClock.@Nullable Told told;

    Traffic(Path state, Clock clock, Sleeper sleeper, Duration silence, RandomGenerator random, BooleanSupplier stop) {
        this.state = state;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
        this.stop = stop;
        this.client = new OkHttpClient.Builder()
                .connectTimeout(Rules.CONNECT_TIMEOUT)
                .readTimeout(silence)
                .writeTimeout(silence)
                // a POST that is silently sent twice is an orphan that nobody counts
                .retryOnConnectionFailure(false)
                // a redirected POST would arrive as a GET, and elsewhere
                .followRedirects(false)
                // over HTTP/2 all lanes would share one connection and its flow control
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(Rules.IDLE_CONNECTIONS, 5, TimeUnit.MINUTES))
                .build();
        this.all = new RateWindow(
                Rules.REQUESTS_IN_ALL, Rules.ALL_SPAN, Slots.inMemory(RateWindow.slots(Rules.REQUESTS_IN_ALL)));
        this.invalid = new RateWindow(
                Rules.INVALID_ANSWERS,
                Rules.INVALID_SPAN,
                new FileSlots(state.resolve("discord.invalid"), RateWindow.slots(Rules.INVALID_ANSWERS)));
    }

    OkHttpClient client() {
        return client;
    }

    long now() {
        return clock.millis();
    }

    void sleep(Duration duration) throws InterruptedException {
        sleeper.sleep(duration);
    }

    /** Sleeps for so long, or until somebody wants to stop. */
    void sleepUntilStopped(Duration duration) throws InterruptedException {
        Duration left = duration;
        while (left.compareTo(Duration.ZERO) > 0 && !isStopping()) {
            Duration slice = left.compareTo(Rules.STOP_HEARD_WITHIN) < 0 ? left : Rules.STOP_HEARD_WITHIN;
            sleeper.sleep(slice);
            left = left.minus(slice);
        }
    }

    /** Whether somebody wants to stop. */
    boolean isStopping() {
        return stop.getAsBoolean();
    }

    Path state() {
        return state;
    }

    /** A pause after failures, of its own for whoever asks. */
    BackOff newBackOff() {
        return new BackOff(random);
    }

    /** The lane of a channel: the same object for all its webhooks. */
    Lane lane(String channelId) {
        return lanes.computeIfAbsent(channelId, id -> new Lane(state, id));
    }

    /** What is known of a webhook's own limits. */
    Buckets buckets(String webhookId) {
        return new Buckets(new FileSlots(state.resolve("discord-webhook-" + webhookId + ".buckets"), Buckets.slots()));
    }

    /** All requests together. */
    RateWindow all() {
        return all;
    }

    /** How long until a request of any kind may be sent, in milliseconds. */
    long waitMillis(long now) {
        return Math.max(all.waitMillis(now), invalid.waitMillis(now));
    }

    /** Discord refused a request in a way that it counts. */
    void countInvalid(long now) {
        invalid.take(now).ifPresent(room -> room.answered(now));
    }

    /** Discord told this address to send nothing for a while. */
    void closeUntil(long time) {
        all.closeUntil(time);
    }

    /** Discord said with an answer what time it is. */
    void told(Instant time) {
        told = new ServiceClock.Told(time, RunningTime.REAL.read());
    }

    /** What time Discord said last that it is, and when that was. */
    Optional<ServiceClock.Told> told() {
        return Optional.ofNullable(told);
    }

    /** Stops everything: nothing is sent until a person has acted or some minutes have passed. */
    void block(String explanation, Duration duration) {
        block = new Block(explanation, now() + duration.toMillis());
    }

    void checkNotBlocked() throws TargetBlockedException {
        Block current = block;
        if (current != null && now() < current.until()) {
            throw new TargetBlockedException(current.explanation());
        }
    }

    boolean isBlocked() {
        Block current = block;
        return current != null && now() < current.until();
    }

    /** A name of 16 random letters and digits, starting with a letter: Discord leaves such file names as they are. */
    synchronized String newName() {
        StringBuilder name = new StringBuilder(16);
        name.append((char) ('a' + random.nextInt(26)));
        while (name.length() < 16) {
            name.append(Character.forDigit(random.nextInt(36), 36));
        }
        return name.toString();
    }
}
