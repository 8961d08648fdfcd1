package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file: deleted, back, seen as it was, freed. */
class FileLifeTest {

    @TempDir
    Path temp;

    TestHome home;
    Path disk;

    @BeforeEach
    void home() throws IOException {
        home = new TestHome(temp.resolve("home"));
        disk = temp.resolve("disk");
        home.write("webhooks.txt", "file:" + disk + "\n");
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(value -> texts.add(value.asText()));
        return texts;
    }

    private void random(String name, int seed, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        Path file = home.folder.resolve("d-synced").resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    @Test
    void removedFileIsGoneHereAndComesBack() throws IOException {
        home.write("d-synced/a.txt", "one");
        home.write("d-synced/docs/b.md", "two");
        home.json("sync");
        JsonNode removed = home.json("rm", "a.txt", "docs");
        assertThat(texts(removed.get("paths"))).containsExactly("a.txt", "docs", "docs/b.md");
        assertThat(removed.get("failed")).isEmpty();
        assertThat(home.folder.resolve("d-synced/a.txt")).doesNotExist();
        assertThat(home.folder.resolve("d-synced/docs")).doesNotExist();
        assertThat(home.json("ls").get("files")).isEmpty();
        assertThat(home.json("ls", "--deleted").get("files")).hasSize(2);
        assertThat(home.json("sync").get("deleted").asInt()).isZero();
        JsonNode back = home.json("undelete", "*.md");
        assertThat(texts(back.get("paths"))).containsExactly("docs", "docs/b.md");
        assertThat(home.folder.resolve("d-synced/docs/b.md")).hasContent("two");
        assertThat(home.run("cat", "docs/b.md").ends(0).out()).isEqualTo("two");
        JsonNode versions = home.json("versions", "docs/b.md").get("versions");
        assertThat(versions)
                .extracting(version -> version.get("deleted").asBoolean())
                .containsExactly(false, true, false);
    }

    @Test
    void globsAndManyPathsAreRemovedTogether() throws IOException {
        home.write("d-synced/a.tmp", "1");
        home.write("d-synced/deep/b.tmp", "2");
        home.write("d-synced/c.txt", "3");
        home.json("sync");
        assertThat(texts(home.json("rm", "*.tmp").get("paths"))).containsExactly("a.tmp", "deep/b.tmp");
        assertThat(home.folder.resolve("d-synced/c.txt")).exists();
    }

    @Test
    void whatCannotBeRemovedIsToldAndTheRestIsDone() throws IOException {
        home.write("d-synced/a", "1");
        home.write("d-synced/b", "2");
        home.json("sync");
        home.write("d-synced/a", "changed since");
        TestHome.Run run = home.run("--json", "rm", "a", "b").ends(1);
        assertThat(texts(run.json().get("paths"))).containsExactly("b");
        assertThat(run.json().get("failed").get(0).get("path").asText()).isEqualTo("a");
        assertThat(home.folder.resolve("d-synced/a")).exists();
    }

    @Test
    void wrongPathsAreRefused() throws IOException {
        home.write("d-synced/notes.txt", "1");
        home.write("d-synced/gone", "2");
        home.json("sync");
        home.json("rm", "gone");
        assertThat(home.run("rm").ends(2).err()).contains("PATH");
        assertThat(home.run("rm", "note.txt").ends(2).err()).contains("did you mean notes.txt");
        assertThat(home.run("rm", "gone").ends(2).err()).contains("was deleted already");
        assertThat(home.run("undelete", "notes.txt").ends(2).err()).contains("nothing of that is deleted");
    }

    @Test
    void everyEarlierStateCanBeSeenByTime() throws IOException {
        home.write("d-synced/notes", "first");
        home.json("sync");
        home.clock.pass(Duration.ofDays(1));
        home.write("d-synced/notes", "second");
        home.write("d-synced/new", "new");
        home.json("sync");
        home.clock.pass(Duration.ofDays(1));
        Files.delete(home.folder.resolve("d-synced/notes"));
        home.json("sync");
        home.clock.pass(Duration.ofDays(1));
        home.write("d-synced/notes", "reborn");
        home.json("sync");
        for (String time :
                List.of("2026-11-20T13:00:00Z", "2026-11-20T14:00:00+01:00", "2026-11-20T13:00", "2 days ago")) {
            String state = home.run("cat", "notes", "--at", time).ends(0).out();
            assertThat(state).as(time).isEqualTo(time.equals("2 days ago") ? "second" : "first");
        }
        assertThat(home.run("cat", "notes", "--at", "2d").ends(0).out()).isEqualTo("second");
        assertThat(home.json("ls", "--at", "yesterday").get("files")).hasSize(1);
        assertThat(home.json("restore", "--at", "yesterday", "--to", "y")
                        .get("restored")
                        .asInt())
                .isEqualTo(1);
        assertThat(home.json("restore", "--at", "yesterday", "--include-deleted", "--to", "z")
                        .get("restored")
                        .asInt())
                .isEqualTo(2);
        assertThat(home.run("cat", "notes").ends(0).out()).isEqualTo("reborn");
        assertThat(home.json("versions", "notes").get("versions")).hasSize(4);
    }

    @Test
    void newerLocalFilesAreLeftAloneAndNamed() throws IOException {
        Path file = home.write("d-synced/a", "stored");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        home.json("sync");
        home.write("d-synced/a", "newer, not stored");
        JsonNode restore = home.json("restore");
        assertThat(restore.get("skipped").asInt()).isEqualTo(1);
        assertThat(restore.get("kept").get(0).get("path").asText()).isEqualTo("a");
        assertThat(file).hasContent("newer, not stored");
        assertThat(home.json("restore", "--overwrite", "never").get("skipped").asInt())
                .isEqualTo(1);
        assertThat(home.json("restore", "--overwrite", "always").get("restored").asInt())
                .isEqualTo(1);
        assertThat(file).hasContent("stored");
    }

    @Test
    void renamesAndCopiesUploadNothing() throws IOException {
        random("big", 1, 3_000_000);
        home.json("sync");
        Files.copy(home.folder.resolve("d-synced/big"), home.folder.resolve("d-synced/copy"));
        Files.move(home.folder.resolve("d-synced/big"), home.folder.resolve("d-synced/renamed"));
        JsonNode sync = home.json("sync");
        assertThat(sync.get("added").asInt()).isEqualTo(2);
        assertThat(sync.get("deleted").asInt()).isEqualTo(1);
        assertThat(sync.get("bytes_stored").asLong()).isLessThan(20_000);
    }

    @Test
    void pruneFreesWhatWasDeletedLongAgoAndNothingElse() throws IOException {
        random("kept", 1, 1_000_000);
        random("gone", 2, 3_000_000);
        home.json("sync");
        home.json("rm", "gone");
        JsonNode early = home.json("prune", "--trust-clock");
        assertThat(early.get("versions_removed").asInt()).isZero();
        assertThat(early.get("packs_deleted").asInt()).isZero();
        home.clock.pass(Duration.ofDays(31));
        long before = TestHome.bytesIn(disk);
        JsonNode told = home.json("prune", "--dry-run", "--trust-clock");
        assertThat(TestHome.bytesIn(disk)).isEqualTo(before);
        JsonNode prune = home.json("prune", "--trust-clock");
        assertThat(prune.get("versions_removed").asInt())
                .isEqualTo(told.get("versions_removed").asInt())
                .isEqualTo(2);
        assertThat(prune.get("packs_deleted").asInt())
                .isEqualTo(told.get("packs_deleted").asInt())
                .isPositive();
        assertThat(before - TestHome.bytesIn(disk)).isGreaterThan(2_900_000);
        assertThat(prune.get("bytes_freed").asLong()).isBetween(2_900_000L, 3_100_000L);
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
        assertThat(home.json("restore", "--to", "back").get("restored").asInt()).isEqualTo(1);
        assertThat(home.run("undelete", "gone").ends(2).err()).contains("the vault has no gone");
    }

    @Test
    void timeFromWhichNothingIsKeptIsNamedWithTheOldestThatIs() throws IOException {
        home.write("d-synced/notes", "first");
        home.json("sync");
        home.clock.pass(Duration.ofDays(10));
        home.write("d-synced/notes", "second");
        home.write("d-synced/new", "new");
        home.json("sync");
        assertThat(home.json("ls", "--at", "2026-11-21").get("files")).hasSize(1);
        assertThat(home.run("cat", "new", "--at", "2026-11-21").ends(2).err())
                .contains("keeps no new of that time", "'dsync versions' shows");
        home.clock.pass(Duration.ofDays(100));
        home.json("prune", "--trust-clock");
        for (String command : List.of("ls", "ls notes", "restore --to back", "cat notes")) {
            TestHome.Run run =
                    home.run((command + " --at 2026-11-21").split(" ")).ends(2);
            assertThat(run.out()).as(command).isEmpty();
            assertThat(run.err())
                    .as(command)
                    .contains(
                            "nothing is kept from 2026-11-21", "the oldest state kept is of 2026-11-30", "a later one");
        }
        assertThat(home.folder.resolve("back")).doesNotExist();
        assertThat(home.json("ls", "--at", "2026-11-30").get("files")).hasSize(2);
    }

    @Test
    void stateThatIsEmptyNowIsNoStateThatIsNotKept() throws IOException {
        home.write("d-synced/notes", "first");
        home.json("sync");
        home.json("rm", "notes");
        assertThat(home.json("ls", "--at", "now").get("files")).isEmpty();
        home.clock.pass(Duration.ofDays(100));
        home.json("prune", "--trust-clock");
        assertThat(home.json("ls", "--at", "now").get("files")).isEmpty();
        assertThat(home.run("ls", "--at", "2026-11-21").ends(2).err()).contains("nothing is kept from 2026-11-21");
    }

    @Test
    void emptyWordIsNoPathAndSelectsNothing() throws IOException {
        home.write("d-synced/notes", "first");
        home.json("sync");
        for (String command : List.of("rm", "undelete", "restore", "ls", "cat", "versions")) {
            assertThat(home.run(command, "").ends(2).err()).as(command).contains("\"\" is no path", "\".\"");
        }
        assertThat(home.run("sync", "--again", "").ends(2).err()).contains("\"\" is no path");
        assertThat(home.folder.resolve("d-synced/notes")).exists();
        assertThat(home.json("ls", ".").get("files")).hasSize(1);
    }

    @Test
    void oldVersionsGoAsSettingsAndOptionsSay() throws IOException {
        for (int i = 0; i < 5; i++) {
            random("edited", i, 500_000);
            home.json("sync");
        }
        home.clock.pass(Duration.ofDays(100));
        home.write("dsync.toml", "keep_versions = 4\n");
        assertThat(home.json("prune", "--trust-clock").get("versions_removed").asInt())
                .isEqualTo(1);
        assertThat(home.json("prune", "--trust-clock", "--keep-versions", "2")
                        .get("versions_removed")
                        .asInt())
                .isEqualTo(2);
        assertThat(home.json("prune", "--keep-versions", "1", "--keep-within", "200d")
                        .get("versions_removed")
                        .asInt())
                .isZero();
        assertThat(home.run("prune", "--keep-within", "soon").ends(2).err()).contains("--keep-within");
        assertThat(home.run("prune", "--keep-versions", "0").ends(2).err()).contains("--keep-versions");
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
    }

    @Test
    void filesOfTheClassicLayoutLiveTheSameLife() throws IOException {
        random("docs/kept", 1, 300_000);
        random("docs/gone", 2, 400_000);
        home.json("sync", "--layout", "classic");
        home.clock.pass(Duration.ofDays(3));
        assertThat(home.json("prune", "--trust-clock").get("packs_deleted").asInt())
                .isZero();
        byte[] content = Files.readAllBytes(home.folder.resolve("d-synced/docs/gone"));
        assertThat(texts(home.json("rm", "docs/gone").get("paths"))).containsExactly("docs/gone");
        assertThat(texts(home.json("undelete", "docs/gone").get("paths"))).containsExactly("docs/gone");
        assertThat(home.folder.resolve("d-synced/docs/gone")).hasBinaryContent(content);
        assertThat(home.run("cat", "docs/gone").ends(0).bytes()).isEqualTo(content);
        assertThat(home.json("sync", "--layout", "classic").get("bytes_stored").asLong())
                .isLessThan(100_000);
        home.json("rm", "docs/gone");
        home.clock.pass(Duration.ofDays(40));
        long before = TestHome.bytesIn(disk);
        JsonNode prune = home.json("prune", "--trust-clock");
        assertThat(prune.get("packs_deleted").asInt()).isEqualTo(1);
        assertThat(before - TestHome.bytesIn(disk)).isGreaterThan(390_000);
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
        assertThat(home.json("restore", "--to", "back").get("restored").asInt()).isEqualTo(1);
    }

    @Test
    void orphansOfAFolderAreFreedOnceTheyAreOld() throws IOException {
        home.write("d-synced/a", "1");
        home.json("sync");
        Path blob;
        try (Stream<Path> files = Files.walk(disk.resolve("blobs"))) {
            blob = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        String name = blob.getFileName().toString();
        char last = name.charAt(name.length() - 1);
        Path orphan = blob.resolveSibling(name.substring(0, name.length() - 1) + (last == '2' ? '3' : '2'));
        Files.write(orphan, new byte[1000]);
        home.json("prune", "--trust-clock");
        assertThat(orphan).exists();
        Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minus(Duration.ofDays(3650))));
        assertThat(home.json("prune", "--dry-run", "--trust-clock")
                        .get("bytes_freed")
                        .asLong())
                .isGreaterThanOrEqualTo(1000);
        assertThat(orphan).exists();
        assertThat(home.json("prune", "--trust-clock").get("bytes_freed").asLong())
                .isGreaterThanOrEqualTo(1000);
        assertThat(orphan).doesNotExist();
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
    }

    @Test
    void targetIsEvacuatedAndCanBeTakenAway() throws IOException {
        random("a", 1, 2_000_000);
        home.json("sync");
        String id = home.json("targets").get("targets").get(0).get("id").asText();
        assertThat(home.run("targets", "evacuate", id).ends(2).err()).contains("no other target");
        home.write("webhooks.txt", "file:" + disk + "\nfile:" + temp.resolve("second") + "\n");
        JsonNode evacuated = home.json("targets", "evacuate", id);
        assertThat(evacuated.get("retired").asBoolean()).isTrue();
        assertThat(evacuated.get("targets")).hasSize(2);
        home.write("webhooks.txt", "file:" + temp.resolve("second") + "\n");
        TestHome.deleteTree(disk);
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
        TestHome other = home.newMachine(temp.resolve("other"));
        assertThat(other.json("restore", "--to", "back").get("restored").asInt())
                .isEqualTo(1);
        assertThat(home.run("targets", "evacuate").ends(2).err()).contains("which target");
        assertThat(home.run("targets", "evacuate", "nonsense").ends(2).err()).contains("no id");
    }
}
