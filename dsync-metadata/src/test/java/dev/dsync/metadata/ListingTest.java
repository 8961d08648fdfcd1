package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.TARGET;
import static dev.dsync.catalog.CatalogSamples.chunk;
import static dev.dsync.catalog.CatalogSamples.chunks;
import static dev.dsync.catalog.CatalogSamples.copies;
import static dev.dsync.catalog.CatalogSamples.dataPack;
import static dev.dsync.catalog.CatalogSamples.deleted;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.folder;
import static dev.dsync.catalog.CatalogSamples.pack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.ContentLayout;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.catalog.StoredPack;
import dev.dsync.pack.PackDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The listings, held against files written by hand after the original's description of them. */
class ListingTest {

    @TempDir
    private Path folder;

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ListingTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static final class Heard implements OriginalFiles.Listener {
        private final List<OriginalFile> files = new ArrayList<>();
        private final List<String> senseless = new ArrayList<>();

        @Override
        public void file(OriginalFile file) {
            files.add(file);
        }

        @Override
        public void inPacks(String path) {
            senseless.add(path + " in packs");
        }

        @Override
        public void senseless(String path, String reason) {
            senseless.add(path + " " + reason);
        }
    }

    @Test
    void originalsFilesJsonIsReadAsItsReadmeDescribesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("files.json"), resource("original-files.json"));
        Heard heard = new Heard();
        new OriginalFiles(file, ZoneId.of("Europe/Berlin")).read(heard);
        assertThat(heard.senseless).isEmpty();
        assertThat(heard.files).hasSize(3);
        OriginalFile first = heard.files.get(0);
        assertThat(first.path()).isEqualTo("MyProject/document.pdf");
        assertThat(first.size()).isEqualTo(1_048_576);
        assertThat(first.created()).contains(Instant.parse("2026-02-16T09:00:00Z"));
        assertThat(first.compressed()).isTrue();
        assertThat(first.encrypted()).isTrue();
        assertThat(first.deleted()).isFalse();
        assertThat(first.chunks())
                .extracting(OriginalFile.Chunk::sha256)
                .containsExactly("d".repeat(64), "e".repeat(64));
        assertThat(first.chunks().get(1).cdnUrl()).contains("/1472000000000000002/");
        assertThat(heard.files.get(1).path()).isEqualTo("Windows/note.txt");
        assertThat(heard.files.get(1).created()).contains(Instant.parse("2026-02-16T15:21:12.123196Z"));
        assertThat(heard.files.get(2).deleted()).isTrue();
        assertThat(heard.files.get(2).toString()).doesNotContain("TOKEN");
    }

    @Test
    void exportHasTheShapeOfTheOriginalsFiles() throws IOException {
        StoredPlaces places = new StoredPlaces() {
            @Override
            public boolean isInReach(StoredCopy copy) {
                return true;
            }

            @Override
            public StoredPlace of(StoredPack pack, StoredCopy copy) {
                return new StoredPlace(
                        "https://discord.com/api/webhooks/1/***",
                        Optional.of("https://cdn.discordapp.com/attachments/1/2/a"),
                        Optional.of("3"),
                        Optional.of("2"));
            }
        };
        Path files = folder.resolve("files.json");
        Path folders = folder.resolve("folders.json");
        try (SqliteCatalog catalog = SqliteCatalog.open(folder.resolve("state"))) {
            catalog.packs().record(dataPack(1, 10, 11), copies(TARGET));
            catalog.packs().record(PackDirectory.ofClassicPart(pack(2), chunk(20), 100), copies(TARGET));
            catalog.packs().record(PackDirectory.ofClassicPart(pack(3), chunk(21), 50), copies(TARGET));
            var versions = catalog.versions();
            versions.record(folder("sub").as(ContentLayout.classic(false, false)), chunks(21), OptionalLong.empty());
            versions.record(folder("sub/deep"), ChunkList.EMPTY, OptionalLong.empty());
            versions.record(
                    file("sub/classic.txt", 1).as(ContentLayout.classic(true, true)), chunks(20), OptionalLong.empty());
            versions.record(file("sub/deep/packed.tar.gz", 2), chunks(10, 11), OptionalLong.empty());
            versions.record(file("gone", 3), chunks(11), OptionalLong.empty());
            catalog.commits().assign(1);
            versions.record(deleted("gone"), ChunkList.EMPTY, OptionalLong.empty());
            JsonExport.Written written = new JsonExport(
                            catalog, places, ZoneOffset.UTC, Instant.parse("2026-11-22T12:34:56Z"))
                    .write(files, folders);
            assertThat(written).isEqualTo(new JsonExport.Written(3, 2));
        }
        assertThat(files).content().isEqualTo(resource("exported-files.json").stripTrailing());
        assertThat(folders)
                .content()
                .isEqualTo(resource("exported-folders.json").stripTrailing());
        assertThat(folder.resolve(".files.json.new")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"a.txt, .txt", "a.tar.gz, .gz", "a, ''", ".bashrc, ''", ".a.b, .b", "a., ''", "..b, ''"})
    void suffixIsThatOfPython(String name, String suffix) {
        assertThat(JsonExport.suffix(name)).isEqualTo(suffix);
    }
}
