package dev.dsync.metadata;

import dev.dsync.catalog.Catalog;
import dev.dsync.catalog.CatalogContract;
import dev.dsync.catalog.CatalogFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest extends CatalogContract {

    @TempDir
    private Path folder;

    @Override
    protected CatalogFiles files() {
        return new CatalogFiles() {
            @Override
            public Catalog open() {
                return SqliteCatalog.open(folder.resolve("state"));
            }

            /** What lies on the disk in the middle of a transaction is what a crash leaves. */
            @Override
            public Catalog openAsAfterCrashOf(Catalog running) {
                Path copy = folder.resolve("copy");
                copyFiles(folder.resolve("state"), copy);
                return SqliteCatalog.open(copy);
            }
        };
    }

    static void copyFiles(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
