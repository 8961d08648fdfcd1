package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A home's state or a target's root is gone or spoilt: what can be made anew is, and nothing else is touched. */
class StateTroubleTest {

    @TempDir
    Path temp;

    TestHome home;
    Path disk;
    Path catalog;

    @BeforeEach
    void sync() throws IOException {
        home = new TestHome(temp.resolve("home"));
        disk = temp.resolve("disk");
        catalog = home.folder.resolve(".dsync/catalog.db");
        home.write("webhooks.txt", "file:" + disk + "\n");
        home.write("tree/a.txt", "a".repeat(1000));
        home.write("tree/sub/recovery.md", "b");
        home.run("sync", "--folder", "tree").ends(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ls", "sync", "status", "check", "restore --to back", "recover"})
    void damagedCatalogIsSetAsideAndRebuilt(String command) throws IOException {
        Files.writeString(catalog, "junk".repeat(5000));
        assertThat(home.run(command.split(" ")).ends(0).err()).contains("catalog was damaged", "catalog.db.damaged-1");
        assertThat(catalog.resolveSibling("catalog.db.damaged-1")).hasSize(20_000);
        assertThat(home.json("ls").get("files")).hasSize(2);
        assertThat(home.json("sync").get("bytes_stored").asInt()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 50, 4096, 9000})
    void catalogThatWasCutOffIsRebuilt(int bytes) throws IOException {
        try (FileChannel file = FileChannel.open(catalog, StandardOpenOption.WRITE)) {
            file.truncate(bytes);
        }
        assertThat(home.json("ls").get("files")).hasSize(2);
        assertThat(home.json("sync").get("unchanged").asInt()).isEqualTo(2);
        home.run("check").ends(0);
    }

    @Test
    void damagedCatalogStaysWhereNothingCouldReplaceIt() throws IOException {
        Files.writeString(catalog, "junk");
        Files.move(disk.resolve("root"), temp.resolve("root"));
        for (String command : new String[] {"ls", "sync", "recover"}) {
            assertThat(home.run(command).ends(1).err()).contains("no target has a root", "Nothing was changed");
        }
        assertThat(catalog).hasContent("junk");
        Files.move(disk, temp.resolve("unplugged"));
        assertThat(home.run("sync").ends(3).err()).contains("none answers");
        assertThat(catalog).hasContent("junk");
        assertThat(disk).doesNotExist();
        Files.move(temp.resolve("unplugged"), disk);
        Files.move(temp.resolve("root"), disk.resolve("root"));
        assertThat(home.json("ls").get("files")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noHistoryIsBegunBesideBlobsWithoutARoot(boolean withKey) throws IOException {
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        Files.move(disk.resolve("root"), temp.resolve("root"));
        if (!withKey) {
            Files.move(home.folder.resolve(".encryption_key"), temp.resolve("key"));
        }
        long before = TestHome.bytesIn(disk);
        for (String command : new String[] {"sync --folder tree", "sync --folder tree --allow-empty"}) {
            assertThat(home.run(command.split(" ")).ends(2).err())
                    .contains("holds stored blobs, but no root", disk.toString(), "new, empty folder");
        }
        assertThat(home.folder.resolve(".encryption_key").toFile().exists()).isEqualTo(withKey);
        assertThat(TestHome.bytesIn(disk)).isEqualTo(before);
        assertThat(disk.resolve("root")).doesNotExist();
        home.write("webhooks.txt", "file:" + temp.resolve("fresh") + "\n");
        home.run("sync", "--folder", "tree").ends(0);
    }

    @Test
    void damagedRootIsWrittenAnewByWhoKnowsBetter() throws IOException {
        Files.writeString(disk.resolve("root"), "junk");
        home.write("tree/new.txt", "new");
        assertThat(home.run("sync").ends(0).err()).contains("the root on target", "writes it anew");
        home.run("check").ends(0);
        TestHome other = home.newMachine(temp.resolve("other"));
        other.run("restore", "--to", "back").ends(0);
        assertThat(TreeText.of(other.folder.resolve("back"))).isEqualTo(TreeText.of(home.folder.resolve("tree")));
    }

    @Test
    void damagedRootIsFoundByACheckAndWrittenAnewByTheNextSync() throws IOException {
        Files.writeString(disk.resolve("root"), "junk");
        assertThat(home.run("check").ends(1).out()).contains("root_damaged");
        home.run("sync").ends(0);
        home.run("check").ends(0);
    }

    @Test
    void damagedRootWithoutStateIsDamageUnlessAnotherTargetHasASoundOne() throws IOException {
        Path second = temp.resolve("second");
        home.write("webhooks.txt", "file:" + disk + "\nfile:" + second + "\n");
        home.run("sync").ends(0);
        Files.writeString(disk.resolve("root"), "junk");
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        assertThat(home.run("ls").ends(0).err()).contains("the root on target", "is damaged");
        Files.writeString(second.resolve("root"), "junk");
        TestHome.deleteTree(home.folder.resolve(".dsync"));
        for (String command : new String[] {"ls", "sync", "recover", "restore"}) {
            assertThat(home.run(command).ends(1).err()).contains("No target that answers has a sound root");
        }
        assertThat(second.resolve("root")).hasContent("junk");
    }
}
