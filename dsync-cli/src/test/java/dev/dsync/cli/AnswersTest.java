package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs read: one JSON object, with the fields that the design promises. */
class AnswersTest {

    @TempDir
    Path temp;

    TestHome home;

    @BeforeEach
    void syncTwice() throws IOException {
        home = new TestHome(temp.resolve("home"));
        home.write("tree/a.txt", "a");
        home.write("tree/sub/b.txt", "b");
        home.write("tree/gone.md", "gone");
        home.run("sync", "--folder", "tree").ends(0);
        home.write("tree/a.txt", "changed");
        Files.delete(home.folder.resolve("tree/gone.md"));
        home.run("sync").ends(0);
    }

    @ParameterizedTest
    @CsvSource({
        "sync, added changed deleted unchanged failed bytes_read bytes_stored packs requests seconds",
        "sync --dry-run, added changed deleted unchanged failed bytes_read bytes_stored packs requests seconds",
        "restore --to back, restored skipped bytes failed seconds",
        "restore --dry-run, restored skipped bytes failed seconds",
        "ls, files",
        "ls sub --deleted --at now, files",
        "versions a.txt, versions",
        "status, files logical_bytes stored_bytes chunks packs deleted_files targets",
        "check, packs_checked chunks_checked errors repaired",
        "check --read-data, packs_checked chunks_checked errors repaired",
        "recover, files commits_read requests",
        "targets, targets",
        "targets test, targets",
        "config, settings",
    })
    void answerHasItsFields(String command, String fields) throws IOException {
        JsonNode answer = home.json(command.split(" "));
        assertThat(answer.fieldNames()).toIterable().contains(fields.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--json ls",
                "ls --json",
                "-q ls --json",
                "--json --home . ls",
                "ls --home=. --json",
                "--json ls --json",
                "-q --json ls -q --json --json"
            })
    void globalOptionsStandBeforeOrAfterTheCommand(String words) throws IOException {
        assertThat(home.run(words.split(" ")).ends(0).json().get("files")).hasSize(2);
    }

    @Test
    void lsShowsFilesNewestFirst() throws IOException {
        JsonNode files = home.json("ls").get("files");
        assertThat(files.findValuesAsText("path")).containsExactly("a.txt", "sub/b.txt");
        JsonNode newest = files.get(0);
        assertThat(newest.get("size").asInt()).isEqualTo(7);
        assertThat(newest.get("sha256").asText()).hasSize(64);
        assertThat(newest.get("deleted").asBoolean()).isFalse();
        assertThat(newest.get("versions").asInt()).isEqualTo(2);
        assertThat(java.time.Instant.parse(newest.get("modified").asText()))
                .isEqualTo(Files.getLastModifiedTime(home.folder.resolve("tree/a.txt"))
                        .toInstant());
    }

    @Test
    void lsShowsDeletedFilesWhenAsked() throws IOException {
        JsonNode files = home.json("ls", "--deleted").get("files");
        assertThat(files).hasSize(3);
        for (JsonNode file : files) {
            assertThat(file.get("deleted").asBoolean())
                    .isEqualTo(file.get("path").asText().equals("gone.md"));
        }
    }

    @Test
    void versionsTellTheHistory() throws IOException {
        JsonNode versions = home.json("versions", "gone.md").get("versions");
        assertThat(versions.findValuesAsText("number")).containsExactly("1", "2");
        assertThat(versions.findValuesAsText("deleted")).containsExactly("false", "true");
        assertThat(versions.get(1).get("sha256").isNull()).isTrue();
        String from = versions.get(0).get("from").asText();
        assertThat(home.run("cat", "gone.md", "--at", from).ends(0).out()).isEqualTo("gone");
    }

    @Test
    void timesShownToPeopleCanBeGivenBack() {
        String line = home.run("versions", "gone.md")
                .ends(0)
                .out()
                .lines()
                .findFirst()
                .orElseThrow();
        String from = line.replaceAll(".*from (\\S+).*", "$1");
        assertThat(home.run("ls", "--at", from).ends(0).exit()).isZero();
    }

    @Test
    void statusCountsTargets() throws IOException {
        JsonNode status = home.json("status");
        assertThat(status.get("files").asInt()).isEqualTo(2);
        assertThat(status.get("deleted_files").asInt()).isEqualTo(1);
        assertThat(status.get("logical_bytes").asInt()).isEqualTo(8);
        JsonNode target = status.get("targets").get(0);
        assertThat(target.get("kind").asText()).isEqualTo("file");
        assertThat(target.get("state").asText()).isEqualTo("active");
        assertThat(target.get("packs").asInt()).isEqualTo(status.get("packs").asInt());
        assertThat(target.get("bytes").asLong())
                .isEqualTo(status.get("stored_bytes").asLong());
    }

    @Test
    void targetsTestLeavesNothingBehind() throws IOException {
        long before = TestHome.bytesIn(home.folder.resolve("storage"));
        JsonNode target = home.json("targets", "test").get("targets").get(0);
        assertThat(target.get("max_blob_bytes").asLong()).isPositive();
        assertThat(target.has("put_seconds")).isTrue();
        assertThat(TestHome.bytesIn(home.folder.resolve("storage"))).isEqualTo(before);
    }

    @Test
    void dryRunsChangeNothing() throws IOException {
        home.write("tree/new.txt", "new");
        long before = TestHome.bytesIn(home.folder.resolve("storage"));
        assertThat(home.json("sync", "--dry-run").get("added").asInt()).isEqualTo(1);
        assertThat(home.json("sync", "--dry-run").get("added").asInt()).isEqualTo(1);
        assertThat(TestHome.bytesIn(home.folder.resolve("storage"))).isEqualTo(before);
        assertThat(home.json("restore", "--dry-run", "--to", "back")
                        .get("restored")
                        .asInt())
                .isEqualTo(2);
        assertThat(home.folder.resolve("back")).doesNotExist();
    }

    @Test
    void dryRunOfARestoreCountsWhatTheRestoreDoes() throws IOException {
        Files.createSymbolicLink(home.folder.resolve("tree/link"), Path.of("a.txt"));
        home.run("sync").ends(0);
        JsonNode planned = home.json("restore", "--dry-run", "--to", "back");
        JsonNode done = home.json("restore", "--to", "back");
        for (String field : List.of("restored", "skipped", "bytes", "failed")) {
            assertThat(planned.get(field)).as(field).isEqualTo(done.get(field));
        }
    }

    @Test
    void dryRunAfterARecoveryExpectsNoChanges() throws IOException {
        Files.createSymbolicLink(home.folder.resolve("tree/link"), Path.of("a.txt"));
        home.run("sync").ends(0);
        home.run("rm", "sub/b.txt").ends(0);
        home.run("undelete", "sub/b.txt").ends(0);
        assertThat(home.json("sync", "--dry-run").get("changed").asInt()).isZero();
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        assertThat(home.json("sync", "--dry-run", "--folder", "tree")
                        .get("unchanged")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void dryRunOfTheFirstSyncMakesNoVault() throws IOException {
        TestHome other = new TestHome(temp.resolve("other"));
        other.write("tree/x", "x");
        assertThat(other.json("sync", "--folder", "tree", "--dry-run")
                        .get("added")
                        .asInt())
                .isEqualTo(1);
        assertThat(other.folder).isDirectoryNotContaining(path -> !path.endsWith("tree"));
    }

    @Test
    void peopleReadThemToo() {
        for (List<String> command : List.of(
                List.of("sync"),
                List.of("ls", "--deleted"),
                List.of("status"),
                List.of("check"),
                List.of("targets"),
                List.of("targets", "test"),
                List.of("recover"),
                List.of("restore"))) {
            assertThat(home.run(command.toArray(String[]::new)).ends(0).out())
                    .as("%s", command)
                    .isNotBlank()
                    .doesNotContain("Optional", "null");
        }
        assertThat(home.run("-q", "sync").ends(0).out()).isEmpty();
    }

    @Test
    void namesCannotSteerTheTerminal() throws IOException {
        home.write("tree/evil\u001b[2J", "x");
        home.run("sync").ends(0);
        assertThat(home.run("ls").out()).contains("evil\\x1b[2J").doesNotContain("\u001b");
        assertThat(home.json("ls").toString()).contains("evil\\u001B[2J");
    }
}
