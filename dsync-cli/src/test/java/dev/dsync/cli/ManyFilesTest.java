package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ManyFilesTest {

    private static final int FILES = 20_000;

    @TempDir
    Path temp;

    /** What asks the catalog for each file once more would take hours of this. */
    @Test
    @Timeout(300)
    void manyFilesAreListedAndCompared() throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        for (int i = 0; i < FILES; i++) {
            Path file = home.folder.resolve("tree/" + i % 100 + "/f" + i);
            if (i < 100) {
                Files.createDirectories(file.getParent());
            }
            Files.createFile(file);
        }
        home.run("sync", "--folder", "tree").ends(0);
        assertThat(home.json("ls").get("files")).hasSize(FILES);
        assertThat(home.run("cat", "17/f12317x").ends(2).err()).contains("did you mean 17/f12317?");
    }
}
