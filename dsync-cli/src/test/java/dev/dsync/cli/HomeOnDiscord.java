package dev.dsync.cli;

import dev.dsync.discord.emulator.Emulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of a home whose targets are webhooks of an emulated Discord, each in a channel of its own. */
abstract class HomeOnDiscord {

    /** How Discord counts requests. */
    enum Limits {
        AS_IN_LIFE,
        NONE
    }

    @TempDir
    Path temp;

    Emulator discord;
    TestHome home;
    private final int webhooks;
    private final Limits limits;

    HomeOnDiscord(int webhooks, Limits limits) {
        this.webhooks = webhooks;
        this.limits = limits;
    }

    @BeforeEach
    final void openDiscord() throws IOException {
        discord = Emulator.start(Clock.systemUTC(), webhooks, webhooks);
        if (limits == Limits.NONE) {
            discord.rules().withoutRateLimits();
        }
        home = TestHome.inRealTime(temp.resolve("home"));
        home.write("webhooks.txt", String.join("\n", discord.urls()) + "\n");
    }

    @AfterEach
    final void closeDiscord() throws IOException {
        discord.close();
    }
}
