package dev.dsync.discord;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a real webhook, and prints what it answers. Runs only with the URL of a webhook in {@code DSYNC_LIVE_WEBHOOK}, and
 * on no build server; posts and deletes some 200 megabytes.
 */
@EnabledIfEnvironmentVariable(named = "DSYNC_LIVE_WEBHOOK", matches = "https?://.*")
@DisabledIfEnvironmentVariable(named = "CI", matches = ".+")
class LiveProbeTest {

    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    @Test
    void recordsWhatIsSo() throws IOException {
        new LiveProbe(
                        String.valueOf(System.getenv("DSYNC_LIVE_WEBHOOK")),
                        folder,
                        Clock.systemUTC(),
                        duration -> Thread.sleep(duration.toMillis()))
                .run(
                        List.of(10 * MEBIBYTE - 1, 10 * MEBIBYTE, 20 * MEBIBYTE - 1, 20 * MEBIBYTE),
                        List.of(25 * MEBIBYTE - 4096, 25 * MEBIBYTE, 27 * MEBIBYTE))
                .forEach((asked, found) -> System.out.println(asked + ": " + found));
    }
}
