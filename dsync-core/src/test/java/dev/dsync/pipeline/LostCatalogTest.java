package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target takes a part of the catalog with it when it goes for good; the next commit stores that part again. */
class LostCatalogTest {

    private static final int FILES = 200;

    @TempDir
    private Path folder;

    private static FaultyBackend target(String name) {
        return new FaultyBackend(
                new MemoryBackend(new TargetId("memory:" + name), new BackendLimits(10 << 20, 10, 25 << 20)));
    }

    @Test
    void isStoredAgainWhereOthersFindIt() throws Exception {
        FaultyBackend first = target("a");
        FaultyBackend second = target("b");
        try (TestVault home = new TestVault(folder.resolve("home"), 1, first)) {
            // many names and one chunk: what is stored again of the content is small beside the catalog
            Random random = new Random(1);
            String name = "";
            for (int i = 0; i < FILES; i++) {
                name = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
                Files.writeString(home.synced().resolve(name), "content");
            }
            home.sync();
            home.on(first, second);
            Files.writeString(home.synced().resolve("later"), "later");
            home.sync();
            first.always(Fault.GONE);
            Files.writeString(home.synced().resolve("last"), "last");
            home.sync();
            home.sync();
            home.sync();
            try (TestVault other = home.twin(folder.resolve("other"), second)) {
                assertThat(other.restore(folder.resolve("back")).failed()).isEmpty();
            }
            assertThat(folder.resolve("back").resolve(name)).hasContent("content");
            assertThat(folder.resolve("back/last")).hasContent("last");
        }
    }
}
