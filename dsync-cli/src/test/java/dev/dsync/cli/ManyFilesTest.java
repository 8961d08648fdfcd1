package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyFilesTest {

    private static final int FILES = 20_000;

    @TempDir
    Path temp;

    @Test
    void manyFilesAreListedInBoundedTime() throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        for (int i = 0; i < FILES; i++) {
            Path file = home.folder.resolve("tree/" + i % 100 + "/f" + i);
            if (i < 100) {
                Files.createDirectories(file.getParent());
            }
            Files.createFile(file);
        }
        home.run("sync", "--folder", "tree").ends(0);
        assertTimeout(Duration.ofSeconds(30), () -> {
            assertThat(home.json("ls").get("files")).hasSize(FILES);
            assertThat(home.run("cat", "17/f12317x").ends(2).err()).contains("did you mean 17/f12317?");
        });
    }
}
