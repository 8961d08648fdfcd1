package dev.dsync.pipeline;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.dsync.catalog.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Gives restored files, folders and links their mode and time. */
final class FileStates {

    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };
    private static final int SPECIAL_BITS = 07000;

    private FileStates() {}

    /** Sets the mode, then the time, which everything else would change again. */
    static void apply(Path place, Version version) throws IOException {
        setMode(place, version.mode());
        setTime(place, version);
    }

    static void setTime(Path place, Version version) throws IOException {
        Instant modified = version.modified();
        // Of fractions before 1970 Java 17 makes 1970 itself: the whole second is closer to the truth.
        FileTime time = FileTime.from(modified.isBefore(Instant.EPOCH) ? modified.truncatedTo(SECONDS) : modified);
        Files.getFileAttributeView(place, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    private static void setMode(Path place, int mode) throws IOException {
        if ((mode & SPECIAL_BITS) != 0
                && place.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Files.setAttribute(place, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) {
            view.setPermissions(permissions(mode));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode & 1 << bit) != 0) {
                permissions.add(BITS[bit]);
            }
        }
        return permissions;
    }
}
