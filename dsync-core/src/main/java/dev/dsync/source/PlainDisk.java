package dev.dsync.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** A disk of which only the least is known: no inode numbers, no permission bits, no time of the last change. */
final class PlainDisk implements Disk {

    @Override
    public FileMeta meta(Path path) throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        FileKind kind = kind(found);
        Instant modified = found.lastModifiedTime().toInstant();
        return new FileMeta(
                kind,
                kind == FileKind.FILE ? found.size() : 0,
                modified,
                usualMode(kind),
                kind == FileKind.SYMLINK ? Optional.of(PathText.ofLink(path)) : Optional.empty(),
                fileKey(found),
                modified);
    }

    private static FileKind kind(BasicFileAttributes found) throws SpecialFileException {
        if (found.isSymbolicLink()) {
            return FileKind.SYMLINK;
        }
        // Asked before "folder": a junction of Windows is both, and leads elsewhere.
        if (found.isOther()) {
            throw new SpecialFileException("is neither a file, a folder nor a symbolic link");
        }
        return found.isDirectory() ? FileKind.FOLDER : FileKind.FILE;
    }

    private static int usualMode(FileKind kind) {
        return switch (kind) {
            case FILE -> 0644;
            case FOLDER -> 0755;
            case SYMLINK -> 0777;
        };
    }

    /** Windows has no key; there, a file that took another's place was created at another time. */
    private static long fileKey(BasicFileAttributes found) {
        return LocalStamp.hash(found.fileKey() + " " + found.creationTime().toInstant());
    }
}
