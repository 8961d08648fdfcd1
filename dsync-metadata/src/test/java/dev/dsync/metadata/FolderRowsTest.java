package dev.dsync.metadata;

import static dev.dsync.catalog.CatalogSamples.UNSEEN;
import static dev.dsync.catalog.CatalogSamples.WRITER;
import static dev.dsync.catalog.CatalogSamples.file;
import static dev.dsync.catalog.CatalogSamples.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.ChunkList;
import dev.dsync.catalog.Cursor;
import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.Versions.Known;
import dev.dsync.catalog.Versions.Listed;
import dev.dsync.catalog.Versions.Scope;
import dev.dsync.source.RelativePath;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderRowsTest {

    @TempDir
    private Path folder;

    /** Around where a page ends, and where one query no longer gives all. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 512, 4096, 4097, 4608})
    void folderOfAnySizeIsListedWholeAndInOrder(int files) {
        List<String> names = IntStream.range(0, files)
                .mapToObj(i -> "file" + i * 7919 % 10_007)
                .sorted()
                .toList();
        try (SqliteCatalog catalog = SqliteCatalog.open(folder)) {
            names.forEach(name -> catalog.versions().record(file("in/" + name, 0), ChunkList.EMPTY, UNSEEN));
            assertThat(catalog.versions().children(path("in")).keySet()).containsExactlyElementsOf(names);
            assertThat(catalog.versions().folder(path("in"), Version.UNCOMMITTED, Scope.LIVE))
                    .extracting(listed -> listed.version().path().name())
                    .containsExactlyElementsOf(names);
            assertThat(namesBelow(catalog)).containsExactlyElementsOf(names);
        }
    }

    @Test
    void whatIsOddComesBackAsItWas() {
        Version[] odd = {
            version("a|b 'c\n%s\u00e9\ud83d\ude00", VersionKind.FILE, Long.MAX_VALUE, Instant.MIN.plusSeconds(1), null),
            version("long", VersionKind.FILE, 0, Instant.ofEpochSecond(-1, 999_999_999), null),
            version("to", VersionKind.SYMLINK, 0, Instant.EPOCH, "../with/slashes \u00e9'"),
            version("void", VersionKind.SYMLINK, 0, Instant.EPOCH, ""),
        };
        try (SqliteCatalog catalog = SqliteCatalog.open(folder)) {
            for (Version version : odd) {
                catalog.versions().record(version, ChunkList.EMPTY, OptionalLong.of(Long.MIN_VALUE));
            }
            assertThat(catalog.versions().children(RelativePath.ROOT).values())
                    .containsExactly(List.of(odd).stream()
                            .map(version -> new Known(version, OptionalLong.of(Long.MIN_VALUE)))
                            .toArray(Known[]::new));
        }
    }

    private static Version version(String name, VersionKind kind, long size, Instant modified, String link) {
        return new Version(
                path(name),
                kind,
                size,
                modified,
                0644,
                kind == VersionKind.FILE ? Optional.of(Sha256.of(new byte[32])) : Optional.empty(),
                Optional.ofNullable(link),
                Version.UNCOMMITTED,
                WRITER);
    }

    private static List<String> namesBelow(SqliteCatalog catalog) {
        List<String> names = new ArrayList<>();
        try (Cursor<Listed> tree = catalog.versions().tree(path("in"), Version.UNCOMMITTED, Scope.LIVE)) {
            tree.forEachRemaining(listed -> names.add(listed.version().path().name()));
        }
        return names;
    }
}
