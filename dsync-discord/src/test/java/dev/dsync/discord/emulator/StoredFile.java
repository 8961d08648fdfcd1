package dev.dsync.discord.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okio.ByteString;

/** A file of a message. Large ones lie in the emulator's folder rather than in memory. */
final class StoredFile {

    private static final int LARGE = 16 * 1024;

    final String id;
    final String name;
    final int size;
    private final ByteString inMemory;
    private final Path onDisk;

    StoredFile(String id, String name, ByteString content, Path folder) {
        this.id = id;
        this.name = name;
        this.size = content.size();
        this.onDisk = folder.resolve(id);
        this.inMemory = size < LARGE ? content : ByteString.EMPTY;
        if (size >= LARGE) {
            try {
                Files.write(onDisk, content.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    byte[] content() {
        try {
            return size < LARGE ? inMemory.toByteArray() : Files.readAllBytes(onDisk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(onDisk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
