package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.all;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.CatalogException;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Packs.ReadPlan;
import dev.dsync.catalog.Versions.Known;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCatalogTest {

    @TempDir
    private Path folder;

    private SqliteCatalog writer;

    @BeforeEach
    void open() {
        writer = SqliteCatalog.open(folder);
        writer.packs().record(dataPack(1, 10), copies(TARGET));
        record("a");
        writer.commits().assign(1);
        writer.flush();
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private void record(String path) {
        writer.versions().record(file(path, 1), chunks(10), UNSEEN);
    }

    @Test
    void anotherProcessReadsTheLastFlushWhileThisOneWrites() throws Exception {
        record("b");
        assertThat(OtherProcess.run("read", folder)).isEqualTo("1 live");
        writer.flush();
        assertThat(OtherProcess.run("read", folder)).isEqualTo("2 live");
        record("c");
        writer.flush();
        assertThat(writer.versions().totals().files()).isEqualTo(3);
    }

    @Test
    void processThatDiesLeavesItsLastFlush() throws IOException, InterruptedException {
        assertThat(OtherProcess.run("write and crash", folder)).isEqualTo("crashing");
        assertThat(writer.versions().children(path("")).keySet()).containsExactly("a", "flushed");
        assertThat(writer.versions().children(path("lost"))).isEmpty();
        record("b");
        writer.flush();
    }

    @Test
    void readerDoesEverythingButChange() {
        try (SqliteCatalog reader = SqliteCatalog.openReadOnly(folder);
                ReadPlan plan = reader.packs().plan()) {
            assertThat(plan.add(1, chunks(10))).isEmpty();
            assertThat(all(plan.packs())).hasSize(1);
            assertThat(all(reader.commits().records(0, 1))).hasSize(3);
            assertThat(all(reader.commits().records(1, 2))).isEmpty();
            assertThatThrownBy(() -> reader.targets().remember(TARGET)).isInstanceOf(CatalogException.class);
            assertThat(reader.packs().holds(dataPack(1, 10).entries().get(0).id()))
                    .isTrue();
            reader.flush();
        }
    }

    @Test
    void readerNeedsNoWriterButACatalog() {
        writer.close();
        try (SqliteCatalog reader = SqliteCatalog.openReadOnly(folder)) {
            assertThat(reader.versions().totals().files()).isEqualTo(1);
        }
        assertThatThrownBy(() -> SqliteCatalog.openReadOnly(folder.resolve("nowhere")))
                .isInstanceOf(CatalogException.class);
    }

    @Test
    void cursorOfAReaderKeepsToTheFlushAtItsStart() {
        for (int i = 0; i < 100; i++) {
            record("folder/" + i);
        }
        writer.flush();
        try (SqliteCatalog reader = SqliteCatalog.openReadOnly(folder);
                Cursor<Known> live = reader.versions().liveBelow(path(""))) {
            live.next();
            record("folder/later");
            writer.flush();
            int more = 0;
            while (live.hasNext()) {
                live.next();
                more++;
            }
            assertThat(more).isEqualTo(100);
            assertThat(all(reader.versions().liveBelow(path("")))).hasSize(102);
        }
    }
}
