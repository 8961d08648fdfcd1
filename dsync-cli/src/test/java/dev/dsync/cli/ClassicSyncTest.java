package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder is stored as the original program would store it. */
class ClassicSyncTest extends HomeOnDiscord {

    final byte[] large = new byte[9_000_000];

    ClassicSyncTest() {
        super(3, Limits.NONE);
    }

    @BeforeEach
    void fillFolder() throws IOException {
        new Random(1).nextBytes(large);
        home.write("tree/a.txt", "a".repeat(5000));
        home.write("tree/sub/deep/b.txt", "b".repeat(300_000));
        home.write("tree/sub/empty", "");
        Files.write(home.folder.resolve("tree/sub/large.bin"), large);
    }

    @Test
    void everythingComesBackOnAnotherMachine() throws IOException {
        JsonNode sync = home.json("sync", "--folder", "tree", "--layout", "classic");
        assertThat(sync.get("added").asInt()).isEqualTo(4);
        assertThat(sync.get("failed")).isEmpty();
        // a.txt, b.txt, empty and two parts of large.bin, and records of two folders
        assertThat(sync.get("packs").asInt()).isEqualTo(8);
        TestHome other = home.newMachine(temp.resolve("other"));
        other.run("recover").ends(0);
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
    }

    @Test
    void nextSyncStoresNothingAndOneAfterAChangeOnlyThat() throws IOException {
        home.run("sync", "--folder", "tree", "--layout", "classic").ends(0);
        JsonNode again = home.json("sync", "--layout", "classic");
        assertThat(again.get("unchanged").asInt()).isEqualTo(4);
        assertThat(again.get("requests").asInt()).isZero();
        Files.setLastModifiedTime(
                home.folder.resolve("tree/sub/large.bin"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000));
        home.run("sync", "--layout", "classic").ends(0);
        assertThat(discord.bytes()).isLessThan(13_000_000);
        home.write("tree/a.txt", "changed");
        JsonNode third = home.json("sync", "--layout", "classic");
        assertThat(third.get("changed").asInt()).isEqualTo(1);
        assertThat(third.get("bytes_stored").asInt()).isLessThan(30_000);
        assertThat(home.json("versions", "a.txt").get("versions")).hasSize(2);
        home.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(home.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @Test
    void foldersOfAnEarlierPackedSyncGetTheirRecords() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(linksOfFolders()).containsOnly("null");
        JsonNode sync = home.json("sync", "--layout", "classic");
        assertThat(sync.get("packs").asInt())
                .as("records and a part of the catalog")
                .isBetween(2, 3);
        assertThat(linksOfFolders()).hasSize(2).allMatch(link -> link.startsWith("http"));
        assertThat(home.json("sync", "--layout", "classic").get("requests").asInt())
                .isZero();
        assertThat(home.json("sync").get("requests").asInt()).isZero();
    }

    private List<String> linksOfFolders() throws IOException {
        List<String> links = new ArrayList<>();
        new ObjectMapper()
                .readTree(home.folder.resolve("folders.json").toFile())
                .get("folders")
                .forEach(folder -> links.add(folder.get("cdn_url").asText()));
        return links;
    }

    @Test
    void layoutsLiveSideBySide() throws IOException {
        home.run("sync", "--folder", "tree").ends(0);
        home.write("tree/c.txt", "c".repeat(200_000));
        home.run("sync", "--layout", "classic").ends(0);
        home.write("tree/c.txt", "d".repeat(200_000));
        home.run("sync").ends(0);
        home.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(home.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
        assertThat(home.json("check", "--read-data").get("errors")).isEmpty();
    }

    @Test
    void folderTargetTakesItToo() throws IOException {
        home.write("webhooks.txt", "file:storage\n");
        home.run("sync", "--folder", "tree", "--layout", "classic").ends(0);
        home.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(home.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @Test
    void targetThatRefusesSuchPartsSaysSo() throws IOException {
        discord.rules().fileBytesRefused = 6 << 20;
        TestHome.Run run = home.run("sync", "--folder", "tree", "--layout", "classic");
        assertThat(run.exit()).isNotZero();
        assertThat(run.err()).contains("10475274");
    }
}
