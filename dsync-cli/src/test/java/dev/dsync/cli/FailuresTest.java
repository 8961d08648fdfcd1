package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong: the right exit status, one object or one sentence, and nothing made worse. */
class FailuresTest extends HomeOnDisk {

    private JsonNode fails(int exit, String code, String... arguments) throws IOException {
        TestHome.Run people = home.run(arguments).ends(exit);
        assertThat(people.out()).isEmpty();
        assertThat(people.err()).contains("dsync: ").doesNotContain("\tat ").doesNotContain("Exception");
        String[] all = Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new);
        JsonNode failure = home.run(all).ends(exit).json();
        assertThat(failure.get("error").asText()).isEqualTo(code);
        assertThat(failure.get("exit").asInt()).isEqualTo(exit);
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "snyc, usage, did you mean sync",
        "sync --wach, usage, --wach",
        "sync --watch --dry-run, usage, do not go together",
        "sync --compression lzma, usage, \"zstd\" or \"zlib\" or \"none\"",
        "sync --layout clasic, usage, packed or classic",
        "sync --folder sub, configuration, --replace-folder",
        "sync surplus, usage, surplus",
        "-q -v ls, usage, less",
        "ls --at tomorrow, usage, is no time",
        "ls --at 2001-01-01, too_early, the oldest state kept is of 2026-11-20",
        "versions recovery.md, unknown_path, did you mean sub/recovery.md?",
        "versions sub, folder, is a folder",
        "restore *.nosuch, unknown_path, *.nosuch",
        "restore a.txt b.txt, unknown_path, did you mean a.txt?",
        "restore --overwrite maybe, usage, never",
        "targets frobnicate, usage, targets test",
        "check --read-data=200, usage, 100%",
        "--home nosuch ls, usage, is no folder",
        "cat a.txt --offset many, usage, --offset must be a whole number",
        "sync --dry-run=maybe, usage, --dry-run takes no value",
        "--json=no ls, usage, --json takes no value",
        "restore --to tree/a.txt, configuration, is a file",
        "restore --to tree/a.txt/b, configuration, is a file",
        "restore --to .dsync, configuration, dsync keeps files of its own in",
        "restore --to .dsync/targets/deeper, configuration, dsync keeps files of its own in",
        "restore --to storage, configuration, Choose another folder",
        "restore --to logs/x, configuration, dsync keeps files of its own in",
        "restore --to ../disk/blobs, configuration, dsync keeps files of its own in",
        "restore --to link/x --dry-run, configuration, dsync keeps files of its own in",
        "sync --folder .dsync/targets --replace-folder, configuration, the synced folder cannot be",
    })
    void wrongUsageIsTwo(String command, String code, String detail) throws IOException {
        Files.createDirectories(home.folder.resolve("sub"));
        Files.createDirectories(home.folder.resolve(".dsync/targets"));
        Files.createSymbolicLink(home.folder.resolve("link"), disk);
        assertThat(fails(2, code, command.split(" ")).get("detail").asText()).contains(detail);
    }

    @ParameterizedTest
    @CsvSource({
        "--json cat a.txt, leave out --json",
        "cat nosuch, no nosuch",
        "cat sub/recovry.md, did you mean sub/recovery.md?",
        "cat sub, is a folder",
        "cat a.txt --offset -1, 0 or more",
        "cat ../a.txt, no path in the synced folder",
    })
    void catSaysWhatItCannotGive(String command, String detail) {
        TestHome.Run run = home.run(command.split(" ")).ends(2);
        assertThat(run.out() + run.err()).contains(detail);
    }

    @Test
    void commandsWithoutVaultSaySo() throws IOException {
        TestHome empty = new TestHome(temp.resolve("empty"));
        for (String command : new String[] {"ls", "status", "check", "restore", "cat x", "versions x", "recover"}) {
            TestHome.Run run = empty.run(command.split(" "));
            assertThat(run.exit()).as(command).isEqualTo(2);
        }
        assertThat(empty.folder).isEmptyDirectory();
        empty.run("config").ends(0);
        empty.run("targets").ends(0);
        assertThat(empty.folder).isEmptyDirectory();
    }

    @Test
    void emptyVaultHasNothingToRestore() throws IOException {
        TestHome empty = new TestHome(temp.resolve("empty"));
        Files.createDirectories(empty.folder.resolve("tree"));
        empty.run("sync", "--folder", "tree", "--allow-empty").ends(0);
        assertThat(empty.json("ls").get("files")).isEmpty();
        assertThat(empty.json("restore").get("restored").asInt()).isZero();
    }

    @Test
    void keyWithoutVaultHasNothingToRestore() throws IOException {
        TestHome other = new TestHome(temp.resolve("other"));
        Files.copy(home.folder.resolve(".encryption_key"), other.folder.resolve(".encryption_key"));
        for (String command : new String[] {"restore", "ls", "recover", "status"}) {
            assertThat(other.run(command).ends(3).err()).contains("nothing is known of the vault here");
            assertThat(other.folder.resolve("storage")).doesNotExist();
        }
        other.write("tree/x", "x");
        other.run("sync", "--folder", "tree").ends(0);
        assertThat(other.json("ls").get("files")).hasSize(1);
    }

    @Test
    void lostStateDoesNotMakeATargetAnewThatIsAway() throws IOException {
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        Files.move(disk, temp.resolve("unplugged"));
        for (String command : new String[] {"ls", "restore", "check", "recover"}) {
            fails(3, "no_target", command);
        }
        assertThat(disk).doesNotExist();
        Files.move(temp.resolve("unplugged"), disk);
        assertThat(home.json("ls").get("files")).hasSize(2);
    }

    @Test
    void wrongKeyIsTwoInEveryCommand() throws IOException {
        TestHome other = new TestHome(temp.resolve("other"));
        other.write("tree/x", "x");
        other.run("sync", "--folder", "tree").ends(0);
        Files.copy(
                other.folder.resolve(".encryption_key"),
                home.folder.resolve(".encryption_key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        long before = TestHome.bytesIn(disk);
        for (String command : new String[] {"sync", "ls", "status", "check", "restore", "recover", "targets"}) {
            assertThat(fails(2, "configuration", command).get("detail").asText())
                    .contains("is not the key");
        }
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        for (String command : new String[] {"sync", "ls", "restore", "recover"}) {
            fails(2, "foreign_vault", command);
            TestHome.deleteTree(home.folder.resolve(".dsync"));
        }
        assertThat(TestHome.bytesIn(disk)).isEqualTo(before);
    }

    @Test
    void noKeyIsMadeWhereThereIsAVault() throws IOException {
        Files.delete(home.folder.resolve(".encryption_key"));
        for (String command : new String[] {"sync", "ls", "status", "restore", "recover"}) {
            fails(2, "configuration", command);
        }
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        fails(2, "configuration", "sync");
        assertThat(home.folder.resolve(".encryption_key")).doesNotExist();
    }

    @Test
    void damagedKeyFileIsTwo() throws IOException {
        Files.writeString(home.folder.resolve(".encryption_key"), "nonsense");
        fails(2, "key", "sync");
    }

    @Test
    void targetThatIsAwayIsOutOfReachAndNeverMadeAnew() throws IOException {
        Files.move(disk, temp.resolve("unplugged"));
        home.write("tree/new.txt", "new");
        fails(3, "no_target", "sync");
        fails(3, "no_target", "restore", "--to", "back");
        assertThat(disk).doesNotExist();
        Files.createDirectory(disk);
        fails(3, "no_target", "sync");
        assertThat(disk).isEmptyDirectory();
        JsonNode target = home.json("status").get("targets").get(0);
        assertThat(target.get("state").asText()).isEqualTo("unreachable");
        Files.delete(disk);
        Files.move(temp.resolve("unplugged"), disk);
        assertThat(home.json("sync").get("added").asInt()).isEqualTo(1);
    }

    @Test
    void contentOfATargetThatIsAwayIsOutOfReachAndNoDamage() throws IOException {
        Files.move(disk, temp.resolve("unplugged"));
        TestHome.Run cat = home.run("cat", "a.txt").ends(3);
        assertThat(cat.out()).isEmpty();
        assertThat(cat.err()).contains("a.txt", "out of reach now", "'dsync targets' says why");
    }

    @Test
    void suddenlyEmptyFolderIsNotBelieved() throws IOException {
        Path tree = home.folder.resolve("tree");
        Files.move(tree, temp.resolve("kept"));
        assertThat(fails(2, "configuration", "sync").get("detail").asText()).contains("is not there");
        Files.createDirectory(tree);
        fails(2, "empty_folder", "sync");
        assertThat(home.json("sync", "--allow-empty").get("deleted").asInt()).isEqualTo(2);
    }

    @Test
    void damageIsOneAndNamesTheFiles() throws IOException {
        LossTest.spoilSmallestBlobs(disk, Integer.MAX_VALUE);
        JsonNode check = home.run("--json", "check", "--read-data").ends(1).json();
        assertThat(check.get("errors")).isNotEmpty();
        assertThat(check.toString()).contains("a.txt");
        JsonNode restore = home.run("--json", "restore", "--to", "back").ends(1).json();
        assertThat(restore.get("failed").findValuesAsText("path")).contains("a.txt");
        assertThat(home.folder.resolve("back/a.txt")).doesNotExist();
        assertThat(home.run("cat", "a.txt").ends(1).err()).contains("a.txt", "'dsync check --read-data'", "--repair");
        assertThat(home.run("check", "--read-data").ends(1).out())
                .contains("'dsync check --repair'")
                .doesNotContainPattern("(pack [0-9a-f]{64}).*\\1");
        assertThat(home.run("restore", "--to", "back").ends(1).err()).contains("'dsync check --read-data'");
    }

    @Test
    void lostBlobsAreFoundWithoutReading() throws IOException {
        LossTest.loseBlobs(disk);
        JsonNode check = home.run("--json", "check").ends(1).json();
        assertThat(check.get("errors")).isNotEmpty();
        assertThat(home.run("--json", "restore", "--to", "back").ends(1).json().get("failed"))
                .hasSize(2);
    }

    @Test
    void stateCanBeDeletedBeforeAnyCommand() throws IOException {
        for (String command : new String[] {
            "sync", "ls", "versions a.txt", "cat a.txt", "status", "check", "restore", "recover", "targets"
        }) {
            TestHome.deleteTree(home.folder.resolve(".dsync"));
            home.run(command.split(" ")).ends(0);
        }
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        JsonNode sync = home.json("sync");
        assertThat(sync.get("unchanged").asInt()).isEqualTo(2);
        assertThat(sync.get("bytes_stored").asInt()).isZero();
    }

    @Test
    void onlyOneProcessWritesAtATime() throws IOException {
        try (FileChannel channel = FileChannel.open(home.folder.resolve(".dsync/lock"), StandardOpenOption.WRITE);
                var lock = channel.lock(1L << 20, 1, false)) {
            assertThat(lock.isValid()).isTrue();
            assertThat(fails(2, "configuration", "sync").get("detail").asText()).contains("another dsync is at work");
            home.run("ls").ends(0);
            home.run("restore", "--to", "back").ends(0);
        }
        home.run("sync").ends(0);
    }

    @Test
    void dryRunOfAHomeThatKnowsItsVaultOnlyReads() throws IOException {
        home.write("tree/new.txt", "new");
        try (FileChannel channel = FileChannel.open(home.folder.resolve(".dsync/lock"), StandardOpenOption.WRITE);
                var lock = channel.lock(1L << 20, 1, false)) {
            assertThat(lock.isValid()).isTrue();
            assertThat(home.json("sync", "--dry-run").get("added").asInt()).isEqualTo(1);
        }
        Files.delete(home.folder.resolve(".dsync/lock"));
        assertThat(home.json("sync", "--dry-run").get("added").asInt()).isEqualTo(1);
        assertThat(home.folder.resolve(".dsync/lock")).doesNotExist();
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        assertThat(home.json("sync", "--dry-run").get("added").asInt()).isEqualTo(1);
    }

    @Test
    void malformedTargetIsNamedByItsLineAndNotRepeated() throws IOException {
        home.write("webhooks.txt", "# mine\nfile:" + disk + "\nhttps://discord.com/api/webhooks/12/sEcReT/extra/x\n");
        String detail = fails(2, "configuration", "sync").get("detail").asText();
        assertThat(detail).contains("webhooks.txt, line 3").doesNotContain("sEcReT");
    }

    @Test
    void listOfTargetsThatCannotBeReadIsNoListWithoutTargets() throws IOException {
        Files.delete(home.folder.resolve("webhooks.txt"));
        Files.createDirectory(home.folder.resolve("webhooks.txt"));
        assertThat(fails(2, "configuration", "sync").get("detail").asText()).contains("webhooks.txt cannot be read");
    }

    @Test
    void nothingCanBeReadAgainWhereNothingIs() throws IOException {
        home.run("sync", "--again", ".").ends(0);
        assertThat(fails(2, "unknown_path", "sync", "--again", "no/such")
                        .get("detail")
                        .asText())
                .contains("--again no/such");
    }

    @Test
    void unreadableFileFailsAloneAndIsNotDeleted() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeFalse(
                "root".equals(System.getProperty("user.name")), "root may read everything");
        Path secret = home.write("tree/secret", "s");
        home.run("sync").ends(0);
        Files.setPosixFilePermissions(secret, java.util.Set.of());
        home.write("tree/other", "o");
        JsonNode sync = home.run("--json", "sync", "--again", "secret").ends(1).json();
        assertThat(sync.get("failed").get(0).get("path").asText()).isEqualTo("secret");
        assertThat(sync.get("added").asInt()).isEqualTo(1);
        assertThat(sync.get("deleted").asInt()).isZero();
    }

    @Test
    void stoppingEndsAtASafePointWith130() throws IOException {
        home.write("tree/more", "more");
        home.stop.request();
        JsonNode sync = home.run("--json", "sync").ends(130).json();
        assertThat(sync.get("interrupted").asBoolean()).isTrue();
        home.stop = new Stop();
        home.run("sync").ends(0);
        home.run("check", "--read-data").ends(0);
    }

    @Test
    void debuggingShowsWhereAFailureCameFrom() {
        home.environment.put("DSYNC_DEBUG", "1");
        assertThat(home.run("cat", "nosuch").err()).contains("\tat dev.dsync");
    }
}
