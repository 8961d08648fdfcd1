package dev.dsync.web;

import dev.dsync.source.RelativePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A file that has just landed in the synced folder, and what it takes to undo that. */
final class FreshFile {

    private final RelativePath path;
    private final Path place;
    private final BasicFileAttributes landed;
    private final Optional<Path> before;

    /**
     * A file that has just landed.
     *
     * @param place where it lies
     * @param before where the file that it replaced waits, if there was one
     */
    FreshFile(RelativePath path, Path place, Optional<Path> before) throws IOException {
        this.path = path;
        this.place = place;
        this.landed = attributes(place);
        this.before = before;
    }

    private static BasicFileAttributes attributes(Path place) throws IOException {
        return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    RelativePath path() {
        return path;
    }

    long size() {
        return landed.size();
    }

    Instant modified() {
        return landed.lastModifiedTime().toInstant();
    }

    /** Whether another file had its place before. */
    boolean replaced() {
        return before.isPresent();
    }

    /**
     * Undoes the landing: what was there before is back. Whoever reads the file meanwhile finds that it ended.
     *
     * @return false, and nothing is done, if somebody else changed or removed it meanwhile
     */
    boolean takeBack() throws IOException {
        try (FileChannel open = FileChannel.open(place, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (!isUntouched(attributes(place))) {
                return false;
            }
            if (before.isPresent()) {
                Files.move(before.get(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.delete(place);
            }
            // Only now: a crash before this line leaves one of the two files whole.
            open.truncate(0);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private boolean isUntouched(BasicFileAttributes now) {
        return now.isRegularFile()
                && now.size() == landed.size()
                && now.lastModifiedTime().equals(landed.lastModifiedTime())
                && Objects.equals(now.fileKey(), landed.fileKey());
    }

    /** Lets go of what was there before: the file stays. */
    void keep() throws IOException {
        if (before.isPresent()) {
            Files.deleteIfExists(before.get());
        }
    }
}
