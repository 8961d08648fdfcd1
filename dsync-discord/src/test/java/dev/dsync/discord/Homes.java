package dev.dsync.discord;

import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.storage.StorageBackendProvider.Surroundings;
import dev.dsync.storage.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** Opens webhooks of the emulator as a process would: each of these homes starts with an empty memory but its files. */
final class Homes {

    /** In real time, which no test but those of silence may depend on: longer than any machine is busy. */
    static final Duration SILENCE = Duration.ofMinutes(5);

    private final WebhookProvider provider;
    private final Surroundings surroundings;

    Homes(Path folder, ManualClock clock) {
        this(folder, clock, SILENCE);
    }

    /** A home whose threads wait on this sleeper. */
    Homes(Path folder, ManualClock clock, Sleeper sleeper) {
        this(folder, clock, new WebhookProvider(sleeper, SILENCE));
    }

    /** A home that takes a service silent for so long, in real time, for dead. */
    Homes(Path folder, ManualClock clock, Duration silence) {
        this(folder, clock, new WebhookProvider(clock::sleep, silence));
    }

    private Homes(Path folder, ManualClock clock, WebhookProvider provider) {
        this.provider = provider;
        this.surroundings = new Surroundings(folder, folder.resolve("state"), true, clock, new Random(7));
    }

    DiscordBackend open(String url) throws StorageException {
        return (DiscordBackend) provider.open(url, surroundings);
    }
}
