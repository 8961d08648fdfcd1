package dev.dsync.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/**
 * The clock of a file system. On some it ticks in milliseconds: a file that changes twice within one tick keeps its time,
 * and looks unchanged if its size is the same.
 */
final class FileClock {

    private final Path probe;

    /** The clock of the file system that the folder lies on. */
    FileClock(Path folder) {
        this.probe = folder.resolve(".file-clock");
    }

    /** Returns once whatever changes gets another time than what has changed before. */
    void awaitTick() throws IOException {
        FileTime before = touched();
        while (touched().equals(before)) {
            Thread.onSpinWait();
        }
        Files.delete(probe);
    }

    private FileTime touched() throws IOException {
        return Files.getLastModifiedTime(Files.writeString(probe, "x"));
    }
}
