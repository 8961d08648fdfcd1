package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.CatalogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalog of a process that was killed, in a state folder that cannot be written to. */
class KilledCatalogTest {

    @TempDir
    Path temp;

    Path state;

    @BeforeEach
    void leaveALog() throws IOException {
        Path living = temp.resolve("living");
        state = Files.createDirectory(temp.resolve("killed"));
        try (SqliteCatalog catalog = SqliteCatalog.open(living)) {
            catalog.packs().record(dataPack(1, 10), copies(TARGET));
            for (int i = 0; i < 500; i++) {
                catalog.versions().record(file("folder/" + i, i), chunks(10), UNSEEN);
            }
            catalog.flush();
            for (String name : new String[] {"catalog.db", "catalog.db-wal"}) {
                Files.copy(living.resolve(name), state.resolve(name));
            }
        }
        assertThat(Files.size(state.resolve("catalog.db-wal"))).isPositive();
    }

    @Test
    void isReadWithWhatLiesInItsLogAndLeftAsItIs() throws IOException {
        Database database = DatabaseFile.in(state).openCopyIn(temp);
        assertThat(database.read(() -> database.sql("SELECT count(*) FROM path").only(0)))
                .isGreaterThan(500);
        database.scratch(
                () -> database.sql("INSERT INTO temp.kept_block VALUES (1)").run());
        try (Stream<Path> files = Files.list(state)) {
            assertThat(files).containsExactlyInAnyOrder(state.resolve("catalog.db"), state.resolve("catalog.db-wal"));
        }
        database.close();
    }

    @Test
    void leavesNoCopyOfWhatItReads() throws IOException {
        Path temporary = Files.createDirectory(temp.resolve("temporary"));
        Database database = DatabaseFile.in(state).openCopyIn(temporary);
        if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(temporary).isEmptyDirectory();
        }
        assertThat(database.read(() -> database.sql("SELECT count(*) FROM path").only(0)))
                .isGreaterThan(500);
        database.close();
    }

    @Test
    void saysWhereACopyCannotBeMade() {
        Path nowhere = temp.resolve("nowhere");
        assertThatThrownBy(() -> DatabaseFile.in(state).openCopyIn(nowhere))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(nowhere.toString())
                .hasMessageContaining("java.io.tmpdir");
    }
}
