package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {

    @TempDir
    Path temp;

    TestHome home;
    Path tree;

    @BeforeEach
    void fillTree() throws IOException {
        home = new TestHome(temp.resolve("home"));
        home.write("webhooks.txt", "file:" + temp.resolve("disk") + "\n");
        tree = home.folder.resolve("tree");
        home.write("tree/notes.txt", "one\n");
        home.write("tree/sub/déjà vu ☃.md", "snow\n");
        home.write("tree/sub/deep/a b", "");
        home.write("tree/-dash", "dash");
        Files.createDirectories(tree.resolve("empty/inner"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/nowhere"));
        byte[] random = new byte[3_000_000];
        new Random(7).nextBytes(random);
        Files.write(tree.resolve("big.bin"), random);
        Files.setPosixFilePermissions(tree.resolve("notes.txt"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(tree.resolve("notes.txt"), FileTime.from(Instant.parse("2001-02-03T04:05:06.789Z")));
        Files.setLastModifiedTime(tree.resolve("empty"), FileTime.from(Instant.parse("1999-12-31T23:59:59Z")));
    }

    @Test
    void everythingComesBackAsItWas() throws IOException {
        JsonNode sync = home.json("sync", "--folder", "tree");
        assertThat(sync.get("added").asInt()).isEqualTo(6);
        assertThat(sync.get("failed")).isEmpty();
        JsonNode restore = home.json("restore", "--to", "../back");
        assertThat(restore.get("restored").asInt()).isEqualTo(6);
        assertThat(TreeText.of(temp.resolve("back"))).isEqualTo(TreeText.of(tree));
    }

    @Test
    void newMachineNeedsKeyAndTargetsAlone() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        TestHome other = home.newMachine(temp.resolve("other"));
        JsonNode recover = other.json("recover");
        assertThat(recover.get("files").asInt()).isEqualTo(5);
        assertThat(recover.get("commits_read").asInt()).isPositive();
        assertThat(recover.get("requests").asInt()).isPositive();
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(tree));
    }

    @Test
    void secondSyncStoresNothing() throws IOException {
        // Files that changed a moment ago are looked at again; these are old.
        home.clock.pass(Duration.ofDays(36_500));
        home.run("sync", "--folder", "tree").ends(0);
        long stored = TestHome.bytesIn(temp.resolve("disk"));
        JsonNode again = home.json("sync");
        assertThat(again.get("unchanged").asInt()).isEqualTo(6);
        assertThat(again.get("bytes_stored").asLong()).isZero();
        assertThat(again.get("requests").asLong()).isZero();
        assertThat(TestHome.bytesIn(temp.resolve("disk"))).isEqualTo(stored);
    }

    @Test
    void bytesStoredAreThoseThatLieOnTheTarget() throws IOException {
        JsonNode sync = home.json("sync", "--folder", "tree");
        long identity = Files.size(temp.resolve("disk/dsync-target"));
        assertThat(sync.get("bytes_stored").asLong()).isEqualTo(TestHome.bytesIn(temp.resolve("disk")) - identity);
    }

    @Test
    void olderStatesComeBackByTime() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        Instant first = home.clock.pass(Duration.ofHours(1));
        home.write("tree/notes.txt", "two\n");
        Files.delete(tree.resolve("big.bin"));
        JsonNode second = home.json("sync");
        assertThat(second.get("changed").asInt()).isEqualTo(1);
        assertThat(second.get("deleted").asInt()).isEqualTo(1);
        assertThat(home.run("cat", "notes.txt").out()).isEqualTo("two\n");
        assertThat(home.run("cat", "notes.txt", "--at", first.toString()).out()).isEqualTo("one\n");
        home.run("restore", "--to", "then", "--at", first.toString()).ends(0);
        assertThat(home.folder.resolve("then/big.bin")).exists();
        home.run("restore", "--to", "now").ends(0);
        assertThat(home.folder.resolve("now/big.bin")).doesNotExist();
        home.run("restore", "--to", "all", "--include-deleted").ends(0);
        assertThat(home.folder.resolve("all/big.bin")).hasSize(3_000_000);
    }

    @Test
    void catGivesAnyPart() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        byte[] all = Files.readAllBytes(tree.resolve("big.bin"));
        byte[] part = home.run("cat", "big.bin", "--offset", "2500000", "--length", "400000")
                .ends(0)
                .bytes();
        assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(all, 2_500_000, 2_900_000));
        assertThat(home.run("cat", "big.bin").ends(0).bytes()).isEqualTo(all);
        assertThat(home.run("cat", "big.bin", "--offset", "9000000").ends(0).bytes())
                .isEmpty();
    }

    @Test
    void overwriteSaysWhatHappensToFilesThatAreThere() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        Path notes = Files.writeString(tree.resolve("notes.txt"), "mine and newer");
        JsonNode changed = home.json("restore");
        assertThat(changed.get("skipped").asInt()).isEqualTo(5);
        assertThat(changed.get("kept").get(0).get("path").asText()).isEqualTo("notes.txt");
        Files.setLastModifiedTime(notes, FileTime.from(Instant.parse("2000-01-01T00:00:00Z")));
        home.run("restore", "--overwrite", "never").ends(0);
        assertThat(notes).hasContent("mine and newer");
        home.run("restore").ends(0);
        assertThat(notes).hasContent("one\n");
    }
}
