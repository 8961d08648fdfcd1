package dev.dsync.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Entries of the activity on disk, one JSON object a line, oldest first, so that the next dashboard knows them. It has
 * at most twice as many lines as entries are kept, and only the owner may read it. For one thread.
 */
final class ActivityLog {

    private static final int MOST_LINE_CHARS = 10_000;

    private final Path file;
    private final int most;
    private int lines;

    /** @param most how many entries are kept */
    ActivityLog(Path file, int most) {
        this.file = file;
        this.most = most;
    }

    /** The newest entries, oldest first. A line that is none is left out: a crash may have cut it. */
    List<ObjectNode> read() throws IOException {
        List<ObjectNode> entries = new ArrayList<>();
        try (var all = Files.lines(file, StandardCharsets.UTF_8)) {
            all.forEach(line -> {
                lines++;
                if (line.length() <= MOST_LINE_CHARS && parsed(line) instanceof ObjectNode entry && isEntry(entry)) {
                    entries.add(entry);
                    if (entries.size() > 2 * most) {
                        entries.subList(0, most).clear();
                    }
                }
            });
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return List.copyOf(entries.subList(Math.max(0, entries.size() - most), entries.size()));
    }

    private static JsonNode parsed(String line) {
        try {
            return Json.parse(line);
        } catch (ApiException e) {
            return Json.object();
        }
    }

    private static boolean isEntry(ObjectNode entry) {
        return List.of("time", "weight", "text").stream()
                .allMatch(name -> entry.path(name).isTextual());
    }

    /**
     * Adds an entry.
     *
     * @param kept what is kept, the new entry included, newest first
     */
    void add(ObjectNode entry, Collection<ObjectNode> kept) throws IOException {
        Files.createDirectories(file.getParent());
        if (lines >= 2 * most) {
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            List<ObjectNode> oldestFirst = new ArrayList<>(kept);
            Collections.reverse(oldestFirst);
            write(next, oldestFirst);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            lines = kept.size();
        } else {
            write(file, List.of(entry));
            lines++;
        }
    }

    private static void write(Path file, List<ObjectNode> entries) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, ownersOnly(file));
        }
        Files.write(file, entries.stream().map(Json::text).toList(), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    private static FileAttribute<?>[] ownersOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
