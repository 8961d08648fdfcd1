package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One signal is enough, also while nothing can be done but wait: here for webhooks that cannot be reached. */
@Timeout(300)
class DiscordStopTest extends HomeOnDiscord {

    /** Asked one after the other, they would be waited for this long in all, in seconds, at least. */
    private static final int WEBHOOKS = 8;

    private static final long FAR_LESS_THAN_WAITING = 30;

    private String reachable;

    DiscordStopTest() {
        super(WEBHOOKS, Limits.NONE);
    }

    /** A home that has used its webhooks, and something new in it; then nothing listens where they were. */
    @BeforeEach
    void cutOff() throws IOException {
        home.write("d-synced/old.txt", "stored");
        home.run("sync").ends(0);
        reachable = Files.readString(home.folder.resolve("webhooks.txt"));
        int nobody;
        try (ServerSocket closedAtOnce = new ServerSocket(0)) {
            nobody = closedAtOnce.getLocalPort();
        }
        home.write("webhooks.txt", reachable.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:" + nobody));
        Files.delete(home.folder.resolve("logs/d-sync.log"));
        home.write("d-synced/new.txt", "to be stored");
    }

    private boolean waits() throws IOException {
        return hasFailed("no answer");
    }

    /** The third failure in a row is followed by a pause of seconds. */
    private boolean hasFailed(String how) throws IOException {
        Path log = home.folder.resolve("logs/d-sync.log");
        return Files.exists(log)
                && Files.readString(log)
                                .lines()
                                .filter(line -> line.contains(how))
                                .count()
                        >= 3;
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx320m",
                "-Djava.io.tmpdir=" + Path.of("target").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.dsync.cli.Main"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(home.folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.folder.resolve("said").toFile())
                .start();
    }

    @Test
    void oneSignalEndsASyncThatWaitsAndTheNextOneStoresTheRest() throws Exception {
        Process sync = start("sync");
        while (sync.isAlive() && !waits()) {
            sync.waitFor(20, TimeUnit.MILLISECONDS);
        }
        sync.destroy();
        boolean ended = sync.waitFor(FAR_LESS_THAN_WAITING, TimeUnit.SECONDS);
        sync.destroyForcibly().waitFor();
        String said = Files.readString(home.folder.resolve("said"));
        assertThat(ended).as(said).isTrue();
        assertThat(sync.exitValue()).as(said).isEqualTo(130);
        assertThat(said)
                .contains("stopped while no target could be reached: webhook ")
                .contains("the same command goes on from there")
                .doesNotContain("webhooks/");
        theNextSyncStoresTheRest();
    }

    @Test
    void aRestoreThatWaitsEndsToo() throws Exception {
        CompletableFuture<TestHome.Run> restore =
                CompletableFuture.supplyAsync(() -> home.run("restore", "--to", "back"));
        stopOnceItWaits(restore);
        assertThat(restore.get(FAR_LESS_THAN_WAITING, TimeUnit.SECONDS)
                        .ends(130)
                        .out())
                .contains("the same command goes on from there");
    }

    @Test
    void aCheckThatWaitsEndsToo() throws Exception {
        CompletableFuture<TestHome.Run> check = CompletableFuture.supplyAsync(() -> home.run("check", "--read-data"));
        stopOnceItWaits(check);
        check.get(FAR_LESS_THAN_WAITING, TimeUnit.SECONDS).ends(130);
    }

    @Test
    void aWatchThatWaitsEndsToo() throws Exception {
        CompletableFuture<TestHome.Run> watch = CompletableFuture.supplyAsync(() -> home.run("sync", "--watch"));
        stopOnceItWaits(watch);
        watch.get(FAR_LESS_THAN_WAITING, TimeUnit.SECONDS).ends(130);
        theNextSyncStoresTheRest();
    }

    @Test
    void aSyncWhoseUploadsAreAllRefusedEndsToo() throws Exception {
        home.write("webhooks.txt", reachable);
        discord.faults().next(Where.UPLOAD, Fault.BAD_GATEWAY, 10_000);
        CompletableFuture<TestHome.Run> sync = CompletableFuture.supplyAsync(() -> home.run("sync"));
        stopOnceItWaits(sync, "POST: 502");
        assertThat(sync.get(FAR_LESS_THAN_WAITING, TimeUnit.SECONDS).ends(130).err())
                .contains("stopped while no target could be reached: webhook ");
        discord.faults().none();
        theNextSyncStoresTheRest();
    }

    private void stopOnceItWaits(CompletableFuture<?> command) throws Exception {
        stopOnceItWaits(command, "no answer");
    }

    private void stopOnceItWaits(CompletableFuture<?> command, String failure) throws Exception {
        while (!command.isDone() && !hasFailed(failure)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        home.stop.request();
    }

    private void theNextSyncStoresTheRest() throws IOException {
        home.stop = new Stop();
        home.write("webhooks.txt", reachable);
        assertThat(home.json("sync").get("added").asInt()).isEqualTo(1);
        home.run("check", "--read-data").ends(0);
    }
}
