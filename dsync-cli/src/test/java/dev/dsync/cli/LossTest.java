package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a target lost comes back from another one, or from the synced folder. */
class LossTest extends HomeOnDisk {

    @Test
    void lostBlobsAreStoredAgainByTheSyncAfterACheck() throws Exception {
        loseBlobs(disk);
        home.run("check").ends(1);
        TestHome.Run sync = home.run("--json", "sync").ends(0);
        assertThat(sync.err()).contains("2 files have no complete copy", "stores them again");
        assertThat(sync.json().get("unchanged").asInt()).isEqualTo(2);
        assertThat(sync.json().get("packs").asInt()).isPositive();
        home.run("check", "--read-data").ends(0);
        home.run("restore", "--to", "back").ends(0);
        assertThat(home.json("sync").get("requests").asInt()).isZero();
    }

    @Test
    void lostBlobsAreStoredAgainByASyncAgain() throws Exception {
        loseBlobs(disk);
        home.run("sync", "--again", ".").ends(0);
        home.run("check", "--read-data").ends(0);
    }

    @Test
    void repairPutsRightWhatItCanAndNamesTheRest() throws Exception {
        loseBlobs(disk);
        Files.delete(home.folder.resolve("tree/sub/recovery.md"));
        JsonNode repair = home.run("--json", "check", "--repair").ends(1).json();
        assertThat(repair.get("repaired").asInt()).isPositive();
        assertThat(repair.get("errors").findValuesAsText("path"))
                .contains("sub/recovery.md")
                .doesNotContain("a.txt");
        home.run("restore", "a.txt", "--to", "back").ends(0);
    }

    @Test
    void repairCopiesFromTheOtherTarget() throws Exception {
        Path second = temp.resolve("second");
        home.write("webhooks.txt", "file:" + disk + "\nfile:" + second + "\n");
        home.write("dsync.toml", "copies = 2\n");
        assertThat(home.json("sync").get("bytes_stored").asLong())
                .as("copies the first target had alone")
                .isPositive();
        assertThat(home.json("check").get("errors")).isEmpty();
        loseBlobs(disk);
        spoilSmallestBlobs(second, 1);
        home.run("check", "--read-data").ends(1);
        JsonNode repair = home.json("check", "--read-data", "--repair");
        assertThat(repair.get("errors")).isEmpty();
        home.run("check", "--read-data").ends(0);
        home.write("webhooks.txt", "file:" + second + "\n");
        home.run("restore", "--to", "back").ends(0);
    }

    @Test
    void packsOnATargetWithoutALineAreTold() throws Exception {
        Path second = temp.resolve("second");
        home.write("webhooks.txt", "file:" + second + "\n");
        assertThat(home.run("sync").ends(0).err()).contains("2 files are out of reach", "sync --again .");
        assertThat(home.run("status").ends(0).out()).contains("not configured", "out of reach");
        assertThat(home.run("check").ends(1).out()).contains("sync --again .");
        assertThat(home.run("sync", "--again", ".").ends(0).err()).doesNotContain("out of reach");
        home.run("check", "--read-data").ends(0);
        assertThat(home.run("sync").ends(0).err()).doesNotContain("out of reach");
        TestHome other = home.newMachine(temp.resolve("other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @Test
    void targetThatIsAwayIsToldThoughTheOtherHasEverything() throws Exception {
        Path second = temp.resolve("second");
        home.write("webhooks.txt", "file:" + disk + "\nfile:" + second + "\n");
        home.write("dsync.toml", "copies = 2\n");
        home.run("sync").ends(0);
        home.run("check", "--repair").ends(0);
        Files.move(second, temp.resolve("unplugged"));
        home.write("tree/new.txt", "n");

        TestHome.Run sync = home.run("sync").ends(0);
        assertThat(sync.err()).contains("line 2", "out of reach", second.toString());
        assertThat(sync.err()).contains("lies on fewer than 2 targets", "next syncs");
        TestHome.Run check = home.run("--json", "check").ends(1);
        assertThat(check.json().get("errors").findValuesAsText("kind")).containsExactly("root_unreachable");
        home.run("restore", "--to", "back").ends(0);

        Files.move(temp.resolve("unplugged"), second);
        assertThat(home.run("sync").ends(0).err())
                .as("the sync made the missing copies itself")
                .doesNotContain("fewer than", "out of reach");
        home.run("check").ends(0);
        assertThat(home.run("sync").ends(0).err()).doesNotContain("fewer than");
    }

    @Test
    void moreCopiesThanTargetsAreTold() throws Exception {
        home.write("dsync.toml", "copies = 2\n");
        home.write("tree/new.txt", "n");
        assertThat(home.run("sync").ends(0).err()).contains("lie on fewer than 2 targets", "webhooks.txt");
        assertThat(home.run("check").ends(0).err()).contains("lie on fewer than 2 targets");
    }

    static void loseBlobs(Path target) throws IOException {
        try (Stream<Path> blobs = Files.walk(target.resolve("blobs"))) {
            for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
                Files.delete(blob);
            }
        }
    }

    /** Flips a bit near the beginning of the smallest blobs. */
    static void spoilSmallestBlobs(Path target, int most) throws IOException {
        try (Stream<Path> blobs = Files.walk(target.resolve("blobs"))) {
            for (Path blob : blobs.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(path -> path.toFile().length()))
                    .limit(most)
                    .toList()) {
                blob.toFile().setWritable(true);
                try (RandomAccessFile file = new RandomAccessFile(blob.toFile(), "rw")) {
                    file.seek(95);
                    int old = file.read();
                    file.seek(95);
                    file.write(old ^ 1);
                }
            }
        }
    }
}
