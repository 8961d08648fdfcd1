package dev.dsync.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A log file that only its owner can read. A full one is renamed, {@code .1} being the newest of those before it.
 * Logback's own way of doing this takes the file's name for a pattern, and so fails in folders with odd names.
 */
final class PrivateLogFile extends FileAppender<ILoggingEvent> {

    private static final long MOST_BYTES = 5 << 20;
    private static final int OLDER_FILES = 3;

    /** Asking for the file's length takes as long as writing a line. */
    private static final int LINES_BETWEEN_LOOKS = 64;

    private final Path path;
    private final AtomicInteger lines = new AtomicInteger();

    PrivateLogFile(Path path) {
        this.path = path;
        setName(path.getFileName().toString());
        setFile(path.toString());
    }

    @Override
    public void openFile(String name) throws IOException {
        try {
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (FileAlreadyExistsException e) {
            // It was made in this way before.
        }
        super.openFile(name);
    }

    @Override
    protected void subAppend(ILoggingEvent event) {
        if (lines.getAndIncrement() % LINES_BETWEEN_LOOKS == 0 && path.toFile().length() > MOST_BYTES) {
            streamWriteLock.lock();
            try {
                closeOutputStream();
                makeRoom();
                openFile(getFile());
            } catch (IOException e) {
                addError("cannot begin a new log file", e);
            } finally {
                streamWriteLock.unlock();
            }
        }
        super.subAppend(event);
    }

    private void makeRoom() throws IOException {
        for (int i = OLDER_FILES; i > 0; i--) {
            Path from = i == 1 ? path : older(i - 1);
            if (Files.exists(from)) {
                Files.move(from, older(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path older(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }
}
