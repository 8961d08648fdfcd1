package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.WebhookProvider;
import dev.dsync.storage.RootSlot;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageBackendProvider.Surroundings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several homes, lost webhooks, moved roots: what the targets alone say of a vault, and what is made of it. */
@Timeout(300)
class DiscordVaultsTest extends HomeOnDiscord {

    private static final int WEBHOOKS = 4;

    DiscordVaultsTest() {
        super(WEBHOOKS, Limits.NONE);
    }

    @BeforeEach
    void start() throws IOException {
        home.write("dsync.toml", "copies = 2\n");
    }

    private void syncTwice() throws IOException {
        home.write("tree/a.txt", "first a");
        home.write("tree/b.txt", "b");
        home.run("sync", "--folder", "tree").ends(0);
        home.write("tree/a.txt", "second a");
        home.run("sync").ends(0);
    }

    private static String lines(List<String> urls, int subset) {
        StringBuilder lines = new StringBuilder("# alive\n");
        IntStream.range(0, urls.size())
                .filter(webhook -> (subset >> webhook & 1) == 1)
                .forEach(webhook -> lines.append(urls.get(webhook)).append('\n'));
        return lines.toString();
    }

    static Stream<Integer> subsetsThatLackOneAtMost() {
        int all = (1 << WEBHOOKS) - 1;
        return Stream.concat(Stream.of(all), IntStream.range(0, WEBHOOKS).mapToObj(webhook -> all ^ 1 << webhook));
    }

    @ParameterizedTest
    @MethodSource("subsetsThatLackOneAtMost")
    void anyOneWebhookCanBeMissingOnANewMachine(int alive) throws IOException {
        syncTwice();
        TestHome other = home.newMachine(temp.resolve("other"));
        other.write("webhooks.txt", lines(discord.urls(), alive));

        assertThat(other.json("recover").get("files").asInt()).isEqualTo(2);
        other.run("restore", "--to", "back").ends(0);

        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @Test
    void everySubsetThatHoldsTheNewestCommitRecoversIt() throws IOException {
        syncTwice();
        List<String> urls = discord.urls();
        List<Integer> holders = holdersOfTheNewestCommit();
        assertThat(holders).hasSize(2);
        for (int alive = 1; alive < 1 << WEBHOOKS; alive++) {
            int subset = alive;
            TestHome other = home.newMachine(temp.resolve("other" + alive));
            other.write("webhooks.txt", lines(urls, alive));
            TestHome.Run recover = other.run("--json", "recover");
            if (holders.stream().anyMatch(webhook -> (subset >> webhook & 1) == 1)) {
                assertThat(recover.ends(0).json().get("files").asInt())
                        .as("alive: %s", alive)
                        .isEqualTo(2);
                assertThat(other.json("versions", "a.txt").get("versions"))
                        .as("alive: %s", alive)
                        .hasSize(2);
            } else {
                // the roots say where the commit lies, so nobody is told that there is nothing
                assertThat(recover.exit()).as("alive: %s", alive).isIn(1, 3);
                assertThat(recover.json().get("detail").asText())
                        .as("alive: %s", alive)
                        .isNotEmpty();
            }
        }
    }

    /** The webhooks that got a message in the second sync other than its data: those hold the newest commit. */
    private List<Integer> holdersOfTheNewestCommit() throws IOException {
        List<Integer> holders = new ArrayList<>();
        for (int webhook = 0; webhook < WEBHOOKS; webhook++) {
            TestHome alone = home.newMachine(temp.resolve("alone" + webhook));
            alone.write("webhooks.txt", lines(discord.urls(), 1 << webhook));
            if (alone.run("recover").exit() == 0) {
                holders.add(webhook);
            }
        }
        return holders;
    }

    @Test
    void homesThatTakeTurnsLoseNothing() throws IOException {
        home.write("tree/start.txt", "start");
        home.run("sync", "--folder", "tree").ends(0);
        TestHome other = home.newMachine(temp.resolve("other"));
        other.write("dsync.toml", "copies = 2\n");
        Map<String, String> wanted = new TreeMap<>(Map.of("start.txt", "start"));
        for (int turn = 0; turn < 4; turn++) {
            TestHome writer = turn % 2 == 0 ? other : home;
            String name = "turn" + turn + ".txt";
            writer.write("tree/" + name, name);
            writer.run("sync", "--folder", "tree").ends(0);
            wanted.put(name, name);
        }
        assertThat(restored(home.newMachine(temp.resolve("third")))).isEqualTo(wanted);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void homesThatWriteAtOnceLoseNothing(long seed) throws Exception {
        home.write("tree/start.txt", "start");
        home.run("sync", "--folder", "tree").ends(0);
        List<TestHome> homes =
                List.of(home, home.newMachine(temp.resolve("second")), home.newMachine(temp.resolve("third")));
        Map<String, String> wanted = new TreeMap<>(Map.of("start.txt", "start"));
        ExecutorService threads = Executors.newFixedThreadPool(homes.size());
        try {
            for (int round = 0; round < 2; round++) {
                List<Callable<Integer>> syncs = new ArrayList<>();
                for (int i = 0; i < homes.size(); i++) {
                    String name = "home" + i + "-" + round + ".txt";
                    TestHome writer = homes.get(i);
                    writer.write("tree/" + name, name.repeat(1 + new Random(seed + i).nextInt(1000)));
                    wanted.put(name, Files.readString(writer.folder.resolve("tree/" + name)));
                    syncs.add(
                            () -> writer.run("sync", "--folder", "tree").ends(0).exit());
                }
                for (Future<Integer> sync : threads.invokeAll(syncs)) {
                    sync.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        // whoever was overtaken joins when it looks again
        for (int i = 0; i < 2; i++) {
            for (TestHome each : homes) {
                each.run("sync").ends(0);
            }
        }
        for (TestHome each : homes) {
            each.run("check", "--read-data").ends(0);
        }
        assertThat(restored(home.newMachine(temp.resolve("fourth")))).isEqualTo(wanted);
    }

    private static Map<String, String> restored(TestHome machine) throws IOException {
        machine.run("restore", "--to", "back").ends(0);
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(machine.folder.resolve("back"))) {
            for (Path file : files.toList()) {
                found.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return found;
    }

    private RootSlot root(int webhook) throws IOException {
        Path elsewhere = Files.createTempDirectory(temp, "elsewhere");
        StorageBackend backend = new WebhookProvider()
                .open(
                        discord.urls().get(webhook),
                        new Surroundings(elsewhere, elsewhere, true, Clock.systemUTC(), new Random(1)));
        return backend.root();
    }

    @Test
    void anOldRootPutBackIsNoticed() throws IOException {
        home.write("tree/a.txt", "first a");
        home.run("sync", "--folder", "tree").ends(0);
        ByteBuffer old = root(0).read().orElseThrow();
        home.write("tree/a.txt", "second a");
        home.run("sync").ends(0);
        root(0).write(old);
        home.write("tree/c.txt", "c");

        assertThat(home.run("sync").ends(0).err()).contains("was rolled back", "shows commit 1 ", "seen commit 2 ");

        home.run("check").ends(0);
        assertThat(restored(home.newMachine(temp.resolve("other")))).containsKeys("a.txt", "c.txt");
    }

    @Test
    void rootMessagesAndNamesThatAreGoneAreWrittenAgain() throws IOException {
        home.write("tree/a.txt", "a");
        home.run("sync", "--folder", "tree").ends(0);
        for (int webhook = 0; webhook < WEBHOOKS; webhook++) {
            if (webhook % 2 == 0) {
                discord.rename(webhook, "Captain Hook");
            } else {
                deleteRoot(webhook);
            }
        }
        home.write("tree/b.txt", "b");
        home.run("sync").ends(0);
        TestHome.Run check = home.run("check");
        home.write("tree/c.txt", "c");
        home.run("sync").ends(0);

        assertThat(check.exit()).isIn(0, 1);
        home.run("check", "--read-data").ends(0);
        for (int webhook = 0; webhook < WEBHOOKS; webhook++) {
            assertThat(discord.name(webhook)).matches("dsync-[0-9a-z]{13}");
            assertThat(root(webhook).read()).as("root of webhook %d", webhook).isPresent();
        }
        assertThat(restored(home.newMachine(temp.resolve("other")))).containsOnlyKeys("a.txt", "b.txt", "c.txt");
    }

    private void deleteRoot(int webhook) {
        discord.messages(webhook).stream()
                .filter(message -> discord.content(webhook, message).contains("```"))
                .forEach(message -> discord.deleteMessage(webhook, message));
    }

    @Test
    void aWebhookOfAnotherVaultIsRefusedWithAChoice() throws IOException {
        home.write("tree/a.txt", "a");
        home.run("sync", "--folder", "tree").ends(0);
        TestHome stranger = TestHome.inRealTime(temp.resolve("stranger"));
        stranger.write("webhooks.txt", "file:storage\n");
        stranger.write("tree/x.txt", "x");
        stranger.run("sync", "--folder", "tree").ends(0);
        stranger.write("webhooks.txt", "file:storage\n" + discord.urls().get(0) + "\n");
        stranger.write("tree/y.txt", "y");
        int files = discord.files();

        TestHome.Run refused = stranger.run("sync").ends(2);

        assertThat(refused.err())
                .contains("another vault uses this target", "Put the right key in place", "take the target's line out");
        assertThat(discord.files()).as("files on the other vault's webhook").isEqualTo(files);
        TestHome keyless = TestHome.inRealTime(temp.resolve("keyless"));
        keyless.write("webhooks.txt", discord.urls().get(0) + "\n");
        keyless.write("tree/z.txt", "z");
        assertThat(keyless.run("sync", "--folder", "tree").ends(2).err()).contains("holds a vault: put its key back");
        assertThat(keyless.folder.resolve(".encryption_key")).doesNotExist();
    }
}
