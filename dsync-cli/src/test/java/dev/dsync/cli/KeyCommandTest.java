package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class KeyCommandTest {

    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    Path temp;

    private TestHome home;
    private Path keyFile;

    @BeforeEach
    void vault() throws IOException {
        home = new TestHome(temp.resolve("home"));
        keyFile = home.folder.resolve(".encryption_key");
        home.write("tree/a.txt", "content");
        home.write("webhooks.txt", "file:" + temp.resolve("target") + "\n");
        Files.createDirectories(temp);
        home.run("sync", "--folder", "tree").ends(0);
    }

    @Test
    void showTellsWhoseKeyItIsAndNeverTheKey() throws IOException {
        String key = Files.readString(keyFile).strip();
        TestHome.Run shown = home.run("key", "show").ends(0);
        assertThat(shown.out())
                .contains(keyFile.toString(), "works with that vault")
                .doesNotContain(key);
        JsonNode json = home.json("key", "show");
        assertThat(json.get("protected").asBoolean()).isFalse();
        assertThat(json.get("vault").asText()).matches("[0-9a-f]{32}");
        assertThat(json.toString()).doesNotContain(key);
    }

    @Test
    void everyCommandWorksWithAProtectedKeyAndNoneWithoutItsPassphrase() throws IOException {
        home.environment.put("DSYNC_PASSPHRASE", PASSPHRASE);
        home.run("key", "protect").ends(0);
        assertThat(Files.readString(keyFile)).startsWith("dsync wrapped key 1");
        home.write("tree/b.txt", "more");
        home.run("sync").ends(0);
        home.run("check", "--read-data").ends(0);
        assertThat(home.run("cat", "b.txt").ends(0).out()).isEqualTo("more");
        home.run("restore", "--to", "restored").ends(0);
        home.environment.put("DSYNC_PASSPHRASE", "another");
        assertThat(home.run("ls").ends(2).err()).contains("the passphrase does not open it");
        home.environment.remove("DSYNC_PASSPHRASE");
        assertThat(home.run("ls").ends(2).err()).contains("DSYNC_PASSPHRASE_FILE", "DSYNC_PASSPHRASE_COMMAND");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void passphraseComesFromAFileOrACommand() throws IOException {
        Path file = home.write("secret", PASSPHRASE + "\r\nsecond line\n");
        home.environment.put("DSYNC_PASSPHRASE_FILE", file.toString());
        home.run("key", "protect").ends(0);
        home.environment.clear();
        home.environment.put("DSYNC_PASSPHRASE_COMMAND", "cat secret | tr -d '\\r'; exit 0");
        assertThat(home.run("cat", "a.txt").ends(0).out()).isEqualTo("content");
        home.environment.put("DSYNC_PASSPHRASE_COMMAND", "echo wrong; exit 3");
        assertThat(home.run("cat", "a.txt").ends(2).err()).contains("DSYNC_PASSPHRASE_COMMAND", "status 3");
        home.environment.clear();
        home.environment.put("DSYNC_PASSPHRASE_FILE", "nosuch");
        assertThat(home.run("cat", "a.txt").ends(2).err()).contains("nosuch", "DSYNC_PASSPHRASE_FILE");
    }

    @Test
    void newPassphraseTakesTheOldOnesPlaceAndUnprotectTakesItAway() throws IOException {
        String plain = Files.readString(keyFile);
        home.environment.put("DSYNC_PASSPHRASE", PASSPHRASE);
        home.run("key", "protect").ends(0);
        assertThat(home.run("key", "protect").ends(2).err()).contains("DSYNC_NEW_PASSPHRASE_FILE");
        home.environment.put("DSYNC_NEW_PASSPHRASE", "another, and a longer one");
        home.run("key", "protect").ends(0);
        home.run("ls").ends(2);
        home.environment.put("DSYNC_PASSPHRASE", "another, and a longer one");
        home.run("ls").ends(0);
        home.run("key", "unprotect").ends(0);
        home.environment.clear();
        home.run("ls").ends(0);
        assertThat(Files.readString(keyFile).strip()).isEqualTo(plain.strip());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void sheetBringsTheVaultBackOnANewMachine() throws IOException {
        home.environment.put("DSYNC_PASSPHRASE", PASSPHRASE);
        home.run("key", "protect").ends(0);
        JsonNode exported = home.json("key", "export", "--to", "sheet");
        assertThat(exported.get("written")).hasSize(2);
        assertThat(exported.toString()).doesNotContain("DSYNC1:");
        for (String form : new String[] {"txt", "svg"}) {
            Path sheet = home.folder.resolve("sheet/recovery-sheet." + form);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sheet)))
                    .isEqualTo("rw-------");
            TestHome other = new TestHome(temp.resolve("other " + form));
            Files.copy(home.folder.resolve("webhooks.txt"), other.folder.resolve("webhooks.txt"));
            assertThat(other.run("key", "import", sheet.toString()).ends(0).out())
                    .contains("opens the vault on 1 target", "dsync recover");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(other.folder.resolve(".encryption_key"))))
                    .isEqualTo("rw-------");
            other.run("recover").ends(0);
            assertThat(other.run("cat", "a.txt").ends(0).out()).isEqualTo("content");
        }
        assertThat(home.run("key", "export", "--to", "sheet").ends(2).err()).contains("not written over");
    }

    @Test
    void sheetOfAnotherVaultIsRefusedAndNothingIsWritten() throws IOException {
        TestHome stranger = new TestHome(temp.resolve("stranger"));
        stranger.write("tree/x", "x");
        stranger.run("sync", "--folder", "tree").ends(0);
        stranger.run("key", "export", "--to", temp.resolve("sheet").toString()).ends(0);
        String sheet = temp.resolve("sheet/recovery-sheet.txt").toString();
        String before = Files.readString(keyFile);
        assertThat(home.run("key", "import", sheet).ends(2).err()).contains("holds the key of another vault");
        assertThat(Files.readString(keyFile)).isEqualTo(before);

        Files.delete(keyFile);
        assertThat(home.run("key", "import", sheet).ends(2).err()).contains("this home has vault");
        TestHome empty = new TestHome(temp.resolve("empty"));
        Files.copy(home.folder.resolve("webhooks.txt"), empty.folder.resolve("webhooks.txt"));
        assertThat(empty.run("key", "import", sheet).ends(2).err()).contains("not the one of the vault on file:");
        assertThat(keyFile).doesNotExist();
        assertThat(empty.folder.resolve(".encryption_key")).doesNotExist();
    }

    @Test
    void sheetOfTheSameKeyChangesNothing() throws IOException {
        home.environment.put("DSYNC_PASSPHRASE", PASSPHRASE);
        String sheet = home.run("key", "export").ends(0).out();
        home.run("key", "protect").ends(0);
        String before = Files.readString(keyFile);
        home.write("sheet.txt", sheet);
        assertThat(home.run("key", "import", "sheet.txt").ends(0).out()).contains("nothing was changed");
        assertThat(Files.readString(keyFile)).isEqualTo(before);
    }

    @Test
    void mistypedSheetSaysWhichLineIsWrong() throws IOException {
        String sheet = home.run("key", "export").ends(0).out();
        Files.delete(keyFile);
        String wrong = sheet.replaceAll("(?m)^  2  (.)", "  2  " + (sheet.contains("  2  A") ? "C" : "A"));
        home.write("sheet.txt", wrong);
        assertThat(home.run("key", "import", "sheet.txt").ends(2).err()).contains("sheet.txt", "line 2 of the key");
        assertThat(keyFile).doesNotExist();
        assertThat(home.run("key", "import", "nosuch.txt").exit()).isEqualTo(2);
    }

    @Test
    void wordsThatDoNotFitAreAnsweredWithThoseThatDo() {
        assertThat(home.run("key", "exprot").ends(2).err()).contains("did you mean export?");
        assertThat(home.run("key", "import").ends(2).err()).contains("dsync key import sheet.txt");
        assertThat(home.run("key", "show", "x").ends(2).err()).contains("takes nothing after it");
        home.run("key").ends(2);
    }
}
