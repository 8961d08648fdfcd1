package dev.dsync.discord;

import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home and a Discord of its own for each test: three webhooks in two channels, the first and last share one. */
abstract class EmulatedHome {

    final ManualClock clock = new ManualClock();

    @TempDir
    Path folder;

    Emulator emulator;

    @BeforeEach
    void startEmulator() throws IOException {
        emulator = Emulator.start(clock, 3, 2);
    }

    @AfterEach
    void stopEmulator() throws IOException {
        emulator.close();
    }

    /** The webhook as a new process of the same home opens it. */
    DiscordBackend open(int webhook) throws StorageException {
        return new Homes(folder, clock).open(emulator.urls().get(webhook));
    }

    /** The webhook as another home opens it, which knows nothing of this one. */
    DiscordBackend openElsewhere(int webhook) throws StorageException {
        return new Homes(folder.resolve("elsewhere"), clock)
                .open(emulator.urls().get(webhook));
    }

    /**
     * The webhook as a home opens it that soon loses patience with silence, in real time: for the one request that is to
     * meet silence, since on a busy machine any other might seem silent too.
     */
    DiscordBackend openImpatiently(int webhook) throws StorageException {
        return new Homes(folder, clock, Duration.ofMillis(300))
                .open(emulator.urls().get(webhook));
    }

    static ByteBuffer random(int bytes, long seed) {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return ByteBuffer.wrap(content);
    }
}
