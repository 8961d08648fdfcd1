package dev.dsync.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogSizeTest {

    private static final int FILES = 20_000;

    /** What may go into one small file, its chunk, its share of a pack and of the indexes. */
    private static final int BYTES_PER_FILE = 200;

    @TempDir
    private Path folder;

    @Test
    void smallFileCostsAtMostTwoHundredBytes() throws IOException {
        try (SqliteCatalog catalog = SqliteCatalog.open(folder)) {
            new ManyFiles(catalog).record(FILES);
        }
        assertThat(Files.size(folder.resolve("catalog.db")) / (double) FILES).isLessThanOrEqualTo(BYTES_PER_FILE);
    }
}
