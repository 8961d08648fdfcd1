package dev.dsync.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the walk asks of a file system; tests put hostile ones in its place. Safe for use by many threads. */
interface Disk {

    /** The disk that knows most about the files of {@code fileSystem}. */
    static Disk of(FileSystem fileSystem) {
        return fileSystem.supportedFileAttributeViews().contains("unix") ? new UnixDisk() : new PlainDisk();
    }

    /** All that a folder holds, in no order. */
    default List<Path> list(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return entries;
    }

    /**
     * What lies at {@code path}; a link is not followed.
     *
     * @throws SpecialFileException if it is nothing that can be kept
     */
    FileMeta meta(Path path) throws IOException;
}
