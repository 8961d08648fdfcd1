package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real process, ended from outside. */
class KillTest {

    private static final int FILES = 60;
    private static final int MEGABYTE = 1_000_000;

    @TempDir
    Path temp;

    private Process start(Path home, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                // Native code that killed processes leave behind is gone with the build.
                "-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dsync.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("said").toFile())
                .start();
    }

    private TestHome filledHome(long seed) throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        home.write("webhooks.txt", "file:storage\n");
        Random random = new Random(seed);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[random.nextInt(MEGABYTE)];
            random.nextBytes(content);
            Path file = home.folder.resolve("tree/" + i % 7 + "/file" + i);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
        return home;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void killedSyncLosesNothingAndWastesLittle(long seed) throws Exception {
        TestHome home = filledHome(seed);
        Random random = new Random(seed);
        for (int round = 0; round < 3; round++) {
            Process sync = start(home.folder, "sync", "--folder", "tree");
            // Early rounds die while the vault is being made, later ones while packs are on their way.
            if (!sync.waitFor(300 + random.nextInt(1500), TimeUnit.MILLISECONDS)) {
                sync.destroyForcibly().waitFor();
            }
        }
        JsonNode sync = home.json("sync", "--folder", "tree");
        assertThat(sync.get("failed")).isEmpty();
        home.run("check", "--read-data").ends(0);
        home.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(home.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
        JsonNode status = home.json("status");
        long inFlight = 3L * 12 * 8_732_672;
        assertThat(TestHome.bytesIn(home.folder.resolve("storage")))
                .isLessThan(status.get("stored_bytes").asLong() + inFlight);
        JsonNode again = home.json("sync");
        assertThat(again.get("added").asInt() + again.get("changed").asInt()).isZero();
    }

    @Test
    void interruptedSyncStopsAtASafePointWith130() throws Exception {
        TestHome home = filledHome(9);
        Process sync = start(home.folder, "sync", "--folder", "tree");
        // Only once the target is there has the sync begun to listen.
        while (sync.isAlive() && !Files.exists(home.folder.resolve("storage/blobs"))) {
            sync.waitFor(20, TimeUnit.MILLISECONDS);
        }
        sync.destroy();
        assertThat(sync.waitFor(300, TimeUnit.SECONDS)).isTrue();
        assertThat(sync.exitValue())
                .as(Files.readString(home.folder.resolve("said")))
                .isIn(0, 130);
        assertThat(home.run("check", "--read-data").exit()).isIn(0, 2);
        home.run("sync").ends(0);
        home.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(home.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }
}
