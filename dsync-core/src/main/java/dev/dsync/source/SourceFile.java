package dev.dsync.source;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * One file or symbolic link of the synced folder, as it was when it was listed. Safe for use by many threads.
 *
 * <p>A file may change while it is read. To notice: take {@link #metaNow()}, {@link #open()}, read to the end, then ask
 * {@link #changedSince}.
 */
public final class SourceFile {

    private final Disk disk;
    private final Path folder;
    private final RelativePath path;
    private final FileMeta meta;

    SourceFile(Disk disk, Path folder, RelativePath path, FileMeta meta) {
        this.disk = disk;
        this.folder = folder;
        this.path = path;
        this.meta = meta;
    }

    /** Where it lies in the synced folder. */
    public RelativePath path() {
        return path;
    }

    /** What was known of it when it was listed. */
    public FileMeta meta() {
        return meta;
    }

    /**
     * What is known of it now.
     *
     * @throws SourceException if it is gone, or neither a file nor a link any more
     */
    public FileMeta metaNow() throws SourceException {
        FileMeta now;
        try {
            now = disk.meta(place());
        } catch (IOException e) {
            throw new SourceException(path, e);
        }
        if (now.kind() == FileKind.FOLDER) {
            throw new SourceException(path, "is a folder now");
        }
        return now;
    }

    /**
     * Opens the file for reading, from its first byte on. Reads may throw any {@link IOException}.
     *
     * @throws SourceException if it cannot be opened or is no regular file; a link is not followed
     */
    public SeekableByteChannel open() throws SourceException {
        // Asked first because opening a named pipe waits for ever.
        if (metaNow().kind() == FileKind.SYMLINK) {
            throw new SourceException(path, "is a symbolic link");
        }
        try {
            return Files.newByteChannel(place(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new SourceException(path, e);
        }
    }

    /** Whether anything about it is not as in {@code before}; also true if it can no longer be seen. */
    public boolean changedSince(FileMeta before) {
        try {
            return !metaNow().stamp().equals(before.stamp());
        } catch (SourceException e) {
            // What it was cannot be compared with anything, so it is not the same.
            return true;
        }
    }

    private Path place() {
        return folder.resolve(path.name());
    }

    @Override
    public String toString() {
        return path.value();
    }
}
