package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first sync of a home: what goes wrong in it is told in words that fit somebody who has no vault yet. */
class FirstSyncTest {

    @TempDir
    Path temp;

    TestHome home;
    Path key;

    @BeforeEach
    void makeHome() throws IOException {
        home = new TestHome(temp.resolve("home"));
        key = home.folder.resolve(".encryption_key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "sync --watch", "sync --dry-run", "sync --folder nosuch", "sync --allow-empty"})
    void inAFolderWithNothingToSyncMakesNothing(String command) {
        assertThat(home.run(command.split(" ")).ends(2).err()).contains("the synced folder", "is not there");
        assertThat(home.folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs", "storage", "target", "target/deeper"})
    void ofAFolderOfDsyncsOwnMakesNothing(String own) throws IOException {
        Files.createDirectories(home.folder.resolve(own));
        home.write("webhooks.txt", "file:target\n");
        assertThat(home.run("sync", "--folder", own).ends(2).err())
                .contains("the synced folder cannot be", "Choose another folder");
        assertThat(key).doesNotExist();
        assertThat(home.folder.resolve(".dsync")).doesNotExist();
    }

    @Test
    void makesNoKeyForAFolderThatIsNotThereWhateverWasTriedBefore() throws IOException {
        home.write("webhooks.txt", "file:nosuch/target\n");
        Path tree = Files.createDirectory(home.folder.resolve("d-synced"));
        home.run("sync").ends(3);
        Files.delete(tree);
        home.write("webhooks.txt", "file:target\n");
        assertThat(home.run("sync").ends(2).err()).contains("the synced folder", "is not there");
        assertThat(key).doesNotExist();
        assertThat(home.folder.resolve("target")).doesNotExist();
    }

    @Test
    void saysOfATargetThatCannotBeMadeWhichLineNamesItAndSpeaksOfNoLostKey() throws IOException {
        home.write("webhooks.txt", "# mine\nfile:nosuch/target\n");
        home.write("d-synced/a", "a");
        assertThat(home.run("sync").ends(3).err())
                .contains(
                        "no vault is known in this home yet",
                        "Nothing was made or stored",
                        "line 2 of webhooks.txt",
                        "make " + home.folder.resolve("nosuch"))
                .doesNotContain(".encryption_key");
        assertThat(key).doesNotExist();
        assertThat(home.run("targets").ends(0).out()).contains("line 2").doesNotContain(".encryption_key");
        Files.createDirectory(home.folder.resolve("nosuch"));
        home.run("sync").ends(0);
    }

    @Test
    void thatWasRefusedBecauseTheTargetIsAwayRecordsNoFolderAndSaysSo() throws IOException {
        home.write("webhooks.txt", "file:nosuch/target\n");
        home.write("mine/a", "a");
        assertThat(home.run("sync", "--folder", "mine").ends(3).err())
                .contains("line 1 of webhooks.txt", "Nothing was made", "The folder was not recorded: give --folder");
        assertThat(home.run("sync", "--watch", "--folder", "mine").ends(3).err())
                .contains("not recorded");
        assertThat(home.run("sync").ends(2).err()).contains("d-synced is not there", "--folder");
        assertThat(home.json("config").get("settings").toString()).doesNotContain("recorded");
        assertThat(key).doesNotExist();
        Files.createDirectory(home.folder.resolve("nosuch"));
        home.run("sync", "--folder", "mine").ends(0);
        home.run("sync").ends(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "ls", "check", "versions a", "restore"})
    void thatWasRefusedLeavesAHomeOfWhichNoCommandSpeaksAsOfAVault(String command) throws IOException {
        home.write("webhooks.txt", "file:nosuch/target\n");
        home.write("d-synced/a", "a");
        home.run("sync").ends(3);
        assertThat(home.run(command.split(" ")).ends(3).err())
                .contains(
                        "no vault is known in this home yet",
                        "cannot be told: line 1 of webhooks.txt",
                        "make " + home.folder.resolve("nosuch") + " first",
                        "put the vault's key into " + key)
                .doesNotContain("cannot be made", "is missing");
        Files.createDirectory(home.folder.resolve("nosuch"));
        home.write("webhooks.txt", "file:nosuch\n");
        TestHome other = new TestHome(temp.resolve("other"));
        other.write("webhooks.txt", "file:" + home.folder.resolve("nosuch") + "\n");
        other.write("d-synced/a", "a");
        other.run("sync").ends(0);
        assertThat(home.run(command.split(" ")).ends(2).err()).contains("holds a vault: put its key back");
    }

    @Test
    void isWhatACheckAsksForThatFindsNothingStored() throws IOException {
        TestHome other = new TestHome(temp.resolve("other"));
        other.write("d-synced/a", "a");
        other.run("sync").ends(0);
        home.write("d-synced/a", "a");
        Files.copy(other.folder.resolve(".encryption_key"), key);
        home.run("sync", "--dry-run").ends(0);
        assertThat(home.run("check").ends(0).out())
                .contains("nothing is stored yet", "dsync sync")
                .doesNotContain("all well");
        assertThat(home.json("check").get("packs_checked").asInt()).isZero();
        home.run("sync").ends(0);
        assertThat(home.run("check").ends(0).out()).contains("all well");
    }

    @Test
    void countsOneOfEachThingAsOne() throws IOException {
        home.write("d-synced/a", "a");
        home.run("sync").ends(0);
        for (List<String> command : List.of(List.of("targets"), List.of("status"))) {
            assertThat(home.run(command.toArray(String[]::new)).ends(0).out())
                    .containsPattern("\\b1 pack\\b")
                    .doesNotContainPattern("\\b1 (packs|files|chunks|versions)\\b");
        }
    }
}
