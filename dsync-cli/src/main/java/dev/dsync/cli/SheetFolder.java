package dev.dsync.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A folder that gets a recovery sheet, which only its owner may read there. Nothing is written over. */
record SheetFolder(Path folder) {

    /** Writes both forms and says where. */
    List<Path> write(RecoveryPage page) throws IOException {
        Files.createDirectories(folder);
        Path text = folder.resolve("recovery-sheet.txt");
        Path drawing = folder.resolve("recovery-sheet.svg");
        for (Path file : List.of(text, drawing)) {
            if (Files.exists(file)) {
                throw taken(file);
            }
        }
        write(text, page.text());
        write(drawing, page.svg());
        return List.of(text, drawing);
    }

    private static void write(Path file, String content) throws IOException {
        FileAttribute<?>[] onlyMine =
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyMine)) {
            var bytes = java.nio.charset.StandardCharsets.UTF_8.encode(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (FileAlreadyExistsException e) {
            throw taken(file);
        }
    }

    private static UsageException taken(Path file) {
        return new UsageException(
                "file_exists", file + " exists and is not written over: delete it, or name another folder with --to");
    }
}
