package dev.dsync.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A new folder to measure in; gone, with all that was made in it, when closed. */
record WorkFolder(Path path) implements Closeable {

    /** Makes one in {@code parent}, or where the system keeps temporary files. */
    static WorkFolder in(@Nullable Path parent) throws IOException {
        return new WorkFolder(
                parent == null
                        ? Files.createTempDirectory("dsync-bench")
                        : Files.createTempDirectory(Files.createDirectories(parent), "dsync-bench"));
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
