package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.EmulatorMain;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real process, killed while it speaks to Discord: what was committed stays, and little is stored twice. */
@Timeout(300)
class DiscordKillTest {

    private static final int MEGABYTE = 1_000_000;

    /** What one lane has under way at most: three full packs. */
    private static final long IN_FLIGHT = 3L * 8_732_672;

    @TempDir
    Path temp;

    private TestHome home;

    private static Process java(Path folder, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                // Native code that killed processes leave behind is gone with the build.
                "-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("said").toFile())
                .start();
    }

    private Process startSync() throws IOException {
        return java(home.folder, Main.class, "-q", "sync", "--folder", "tree");
    }

    private void makeHome(List<String> urls) throws IOException {
        home = TestHome.inRealTime(temp.resolve("home"));
        home.write("webhooks.txt", String.join("\n", urls) + "\n");
    }

    private void random(String name, long seed, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Files.write(home.write("tree/" + name, ""), content);
    }

    /** The next sync ends well, and all that was to be kept comes back, here and on a new machine. */
    private void everythingIsThere() throws IOException {
        assertThat(home.json("sync", "--folder", "tree").get("failed")).isEmpty();
        home.run("check", "--read-data").ends(0);
        assertThat(home.json("sync").get("requests").asLong()).isZero();
        TestHome other = home.newMachine(temp.resolve("other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true"})
    void inTheMiddleOfAnUpload(int upload, boolean arrived) throws Exception {
        try (Emulator discord = Emulator.start(Clock.systemUTC(), 1, 1)) {
            makeHome(discord.urls());
            random("big.bin", 1, 27 * MEGABYTE);
            random("small.bin", 2, MEGABYTE);
            Process sync = startSync();
            AtomicInteger seen = new AtomicInteger();
            Runnable kill = () -> {
                if (seen.incrementAndGet() == upload) {
                    sync.destroyForcibly();
                }
            };
            if (arrived) {
                discord.onArrival(method -> {
                    if (method.equals("POST")) {
                        kill.run();
                    }
                });
            } else {
                discord.onUploadBegin(kill);
            }
            assertThat(sync.waitFor()).as("killed").isEqualTo(137);

            everythingIsThere();
            long referred = home.json("status").get("stored_bytes").asLong();
            assertThat(discord.bytes()).isBetween(referred, referred + IN_FLIGHT + MEGABYTE);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true", "3, false"})
    void inTheMiddleOfARootEdit(int edit, boolean done) throws Exception {
        try (Emulator discord = Emulator.start(Clock.systemUTC(), 3, 3)) {
            makeHome(discord.urls());
            random("first.bin", 1, MEGABYTE);
            home.run("sync", "--folder", "tree").ends(0);
            random("second.bin", 2, MEGABYTE);
            Process sync = startSync();
            AtomicInteger seen = new AtomicInteger();
            discord.onArrival(method -> {
                if (method.equals("PATCH") && seen.incrementAndGet() == edit) {
                    if (!done) {
                        discord.faults().next(Where.EDIT, Fault.BAD_GATEWAY, 3);
                    }
                    sync.destroyForcibly();
                }
            });
            assertThat(sync.waitFor()).as("killed").isEqualTo(137);
            discord.faults().none();

            // what was committed before can be had even before the next sync
            TestHome meanwhile = home.newMachine(temp.resolve("meanwhile"));
            meanwhile.run("restore", "first.bin", "--to", "back").ends(0);
            assertThat(meanwhile.folder.resolve("back/first.bin"))
                    .hasSameBinaryContentAs(home.folder.resolve("tree/first.bin"));
            everythingIsThere();
            long referred = home.json("status").get("stored_bytes").asLong();
            assertThat(discord.bytes()).isLessThan(referred + 2 * MEGABYTE);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void atAnyMomentWhileDiscordIsAnotherProcess(long seed) throws Exception {
        Process discord = java(temp, EmulatorMain.class, "--webhooks", "3", "--channels", "3", "--no-limits");
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(discord.getInputStream(), StandardCharsets.UTF_8))) {
            makeHome(List.of(said.readLine(), said.readLine(), said.readLine()));
            Random random = new Random(seed);
            for (int round = 0; round < 3; round++) {
                random("file" + round, seed * 10 + round, 10 * MEGABYTE);
                Process sync = startSync();
                if (!sync.waitFor(600 + random.nextInt(1200), TimeUnit.MILLISECONDS)) {
                    sync.destroyForcibly().waitFor();
                }
            }
            everythingIsThere();
        } finally {
            discord.destroyForcibly().waitFor();
        }
    }

    @Test
    void nothingIsLostThatWasCommittedEvenIfTheHomeIsLostToo() throws Exception {
        try (Emulator discord = Emulator.start(Clock.systemUTC(), 2, 2)) {
            makeHome(discord.urls());
            random("first.bin", 1, MEGABYTE);
            home.run("sync", "--folder", "tree").ends(0);
            random("second.bin", 2, MEGABYTE);
            Process sync = startSync();
            discord.onArrival(method -> {
                if (method.equals("POST")) {
                    sync.destroyForcibly();
                }
            });
            assertThat(sync.waitFor()).isEqualTo(137);
            discord.onArrival(method -> {});

            TestHome.deleteTree(home.folder.resolve(".dsync"));
            everythingIsThere();
        }
    }
}
