package dev.dsync.discord;

import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all backends, kept against an emulator that enforces every limit. */
class DiscordBackendTest extends StorageBackendContract {

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    private Emulator emulator;

    @BeforeEach
    void start() throws IOException {
        emulator = Emulator.start(clock, 1, 1);
    }

    @AfterEach
    void stop() throws IOException {
        emulator.close();
    }

    @Override
    protected StorageBackend open() throws IOException {
        return new Homes(folder, clock).open(emulator.urls().get(0));
    }
}
