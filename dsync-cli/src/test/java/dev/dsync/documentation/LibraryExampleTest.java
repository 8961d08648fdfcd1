package dev.dsync.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.architecture.ModuleClasses;
import dev.dsync.pipeline.RestoreEvent;
import dev.dsync.pipeline.RestoreOptions;
import dev.dsync.pipeline.RestoreReport;
import dev.dsync.pipeline.SyncEvent;
import dev.dsync.pipeline.SyncOptions;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.ExcludeRules;
import dev.dsync.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library example in the README is this very code, and it works. */
class LibraryExampleTest {

    private static final String SELF = "dsync-cli/src/test/java/dev/dsync/documentation/LibraryExampleTest.java";

    @TempDir
    Path folder;

    @Test
    void theExampleKeepsAFolderSafeAndBringsItBack() throws Exception {
        Path home = folder.resolve("home");
        Path photos = Files.createDirectory(folder.resolve("photos"));
        Path copy = folder.resolve("copy");
        Files.writeString(photos.resolve("sea.jpg"), "blue");
        example(home, photos, copy);
        assertThat(copy.resolve("sea.jpg")).hasContent("blue");
    }

    private static void example(Path home, Path photos, Path copy) throws IOException, InterruptedException {
        // example: begin
        try (Vault vault = Vault.in(home).notices(System.err::println).open()) {
            vault.setSyncedFolder(photos, false);
            SyncReport synced = vault.sync(SyncOptions.standard(), ExcludeRules.NONE, SyncEvent.Listener.SILENT);
            RestoreReport restored = vault.restore(RestoreOptions.everythingTo(copy), RestoreEvent.Listener.SILENT);
            System.out.println(synced.added() + " files stored, " + restored.restored() + " restored");
        }
        // example: end
    }

    @Test
    void theReadmeShowsTheSameCode() throws Exception {
        String readme = Files.readString(ModuleClasses.PROJECT.resolve("README.md"));
        String code = Files.readString(ModuleClasses.PROJECT.resolve(SELF));
        String shown = between(readme, "```java\n", "```");
        String run = between(code, "// example: begin\n", "        // example: end");
        assertThat(shown.strip()).isEqualTo(run.stripTrailing().stripIndent());
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
