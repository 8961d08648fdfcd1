package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.chunk;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.pack;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
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

    @Test
    void chunksOfRemovedPacksDoNotPileUp() throws IOException {
        try (SqliteCatalog catalog = SqliteCatalog.open(folder)) {
            catalog.packs().record(dataPack(1, 1), copies(TARGET));
            catalog.versions().record(file("kept", 1), chunks(1), UNSEEN);
            catalog.flush();
            for (int generation = 0; generation < 10; generation++) {
                long[] some = LongStream.range(generation * 5000L, (generation + 1) * 5000L)
                        .toArray();
                catalog.packs().record(dataPack(generation + 100, some), copies(TARGET));
                catalog.packs().remove(pack(generation + 100));
                catalog.flush();
            }
            catalog.packs().remove(pack(1));
            catalog.flush();
            assertThat(catalog.versions().chunks(file("kept", 1))).isEqualTo(chunks(1));
            assertThat(catalog.packs().holds(chunk(1))).isFalse();
        }
        assertThat(Files.size(folder.resolve("catalog.db"))).isLessThan(25_000 * 70);
    }
}
