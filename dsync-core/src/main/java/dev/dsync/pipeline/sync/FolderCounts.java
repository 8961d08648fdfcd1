package dev.dsync.pipeline.sync;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** How much lies below a folder, at any depth: the original program writes it into the folder's record. */
record FolderCounts(long files, long folders) {

    /** Counts what can be seen; links are not followed. */
    static FolderCounts of(Path folder) throws IOException {
        Counting counting = new Counting();
        Files.walkFileTree(folder, counting);
        // The folder itself was counted too.
        return new FolderCounts(counting.files, Math.max(0, counting.folders - 1));
    }

    private static final class Counting extends SimpleFileVisitor<Path> {

        private long files;
        private long folders;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            folders++;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files += attributes.isRegularFile() ? 1 : 0;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }
    }
}
