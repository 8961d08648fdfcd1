package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Folders and targets that are not there, not yet, or the wrong ones. */
class PlacesTest extends HomeOnDisk {

    private JsonNode refused(String code, String... arguments) throws IOException {
        String[] all = Stream.concat(Stream.of("--json"), Stream.of(arguments)).toArray(String[]::new);
        JsonNode failure = home.run(all).ends(2).json();
        assertThat(failure.get("error").asText()).isEqualTo(code);
        return failure;
    }

    @Test
    void emptyNameIsNoPlaceToRestoreTo() throws IOException {
        assertThat(refused("usage", "restore", "--to", "").get("detail").asText())
                .contains("names no file or folder");
        assertThat(refused("usage", "sync", "--folder", "").get("detail").asText())
                .contains("--folder must be");
    }

    @Test
    void placeOfATargetThatIsAwayIsNotRestoredTo() throws IOException {
        Files.move(disk, temp.resolve("away"));
        home.write("webhooks.txt", "file:" + disk + "\nfile:" + temp.resolve("other") + "\n");
        home.run("sync").ends(0);
        refused("configuration", "restore", "--to", disk.toString());
        assertThat(disk).doesNotExist();
    }

    @Test
    void targetsThatWereNeverUsedAreNotCalledLost() throws IOException {
        home.write("webhooks.txt", "file:" + disk + "\nfile:new\nfile:nosuch/deeper\n");
        JsonNode targets = home.json("targets").get("targets");
        assertThat(targets.findValuesAsText("state")).containsExactly("active", "unused", "unused");
        assertThat(targets.get(1).get("why").asText())
                .contains("has not used", "the next sync takes the folder into use")
                .doesNotContain("has been in use");
        assertThat(targets.get(2).get("why").asText()).contains("first");

        TestHome fresh = new TestHome(temp.resolve("fresh"));
        fresh.write("webhooks.txt", "file:new\n");
        assertThat(fresh.run("targets").ends(0).out())
                .contains("unused", "line 1")
                .doesNotContain("has been in use");
    }

    @Test
    void targetFoldersThatNoSyncCanTakeIntoUseSayWhy() throws IOException {
        home.write("a-file", "x");
        home.write("full/of-mine", "x");
        home.write("webhooks.txt", "file:" + disk + "\nfile:a-file/target\nfile:full\n");
        for (String command : new String[] {"targets", "status"}) {
            JsonNode targets = home.json(command).get("targets");
            assertThat(targets.findValuesAsText("state")).containsExactly("active", "unused", "unused");
            assertThat(targets.get(1).get("why").asText()).contains("a-file is a file");
            assertThat(targets.get(2).get("why").asText()).contains("holds files (of-mine)");
            assertThat(targets.findValuesAsText("why").toString()).doesNotContain("takes the folder into use");
        }
    }

    @Test
    void linesThatNameOneTargetAreOneTarget() throws IOException {
        home.write("webhooks.txt", "file:" + disk + "\nfile:" + disk.getParent() + "/./disk\nfile:away\nfile:./away\n");
        assertThat(home.json("targets").get("targets")).hasSize(2);
        Files.move(disk, temp.resolve("gone"));
        JsonNode targets = home.json("targets").get("targets");
        assertThat(targets.findValuesAsText("state")).containsExactly("unreachable", "unused");
        assertThat(home.json("status").get("targets")).hasSize(2);
    }

    @Test
    void firstSyncOfAFolderThatIsNotThereLeavesNothing() throws IOException {
        TestHome fresh = new TestHome(temp.resolve("fresh"));
        fresh.write("a-file", "x");
        for (String wrong : new String[] {"nosuch", "a-file", ".dsync", "storage"}) {
            assertThat(fresh.run("sync", "--folder", wrong).ends(2).err()).contains("the synced folder");
        }
        fresh.run("sync").ends(2);
        fresh.run("sync", "--dry-run").ends(2);
        try (Stream<Path> left = Files.list(fresh.folder)) {
            assertThat(left).containsExactly(fresh.folder.resolve("a-file"));
        }
    }

    @Test
    void configTellsTheRecordedFolder() throws IOException {
        JsonNode folder = setting("folder");
        assertThat(folder.get("value").asText())
                .isEqualTo(home.folder.resolve("tree").toString());
        assertThat(folder.get("origin").asText()).isEqualTo("recorded");
        home.write("dsync.toml", "folder = \"other\"\n");
        assertThat(setting("folder").get("origin").asText()).isEqualTo("file");
    }

    private JsonNode setting(String name) throws IOException {
        for (JsonNode setting : home.json("config").get("settings")) {
            if (setting.get("name").asText().equals(name)) {
                return setting;
            }
        }
        throw new AssertionError("no setting " + name);
    }

    @Test
    void whatIsInTheWayOfARestoreIsToldOnceAndInWords() throws IOException {
        Path back = Files.createDirectories(home.folder.resolve("back"));
        Files.writeString(back.resolve("sub"), "a file where a folder belongs");
        Files.createDirectories(back.resolve("a.txt/inside"));
        JsonNode failed =
                home.run("--json", "restore", "--to", "back").ends(1).json().get("failed");
        assertThat(failed.findValuesAsText("path")).containsExactlyInAnyOrder("a.txt", "sub", "sub/recovery.md");
        assertThat(failed.findValuesAsText("reason"))
                .allSatisfy(reason -> assertThat(reason).contains("in the way").doesNotContain("Exception"));
    }
}
