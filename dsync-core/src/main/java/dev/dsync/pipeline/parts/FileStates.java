package dev.dsync.pipeline.parts;

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
public final class FileStates {

    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };
    private static final int SPECIAL_BITS = 07000;

    private static final Instant LATEST = Instant.ofEpochSecond(0, Long.MAX_VALUE);
    private static final Instant EARLIEST =
            Instant.ofEpochSecond(0, Long.MIN_VALUE).plusSeconds(1);

    private FileStates() {}

    /** Sets the mode, then the time, which everything else would change again. */
    public static void apply(Path place, Version version) throws IOException {
        setMode(place, version.mode());
        setTime(place, version);
    }

    public static void setTime(Path place, Version version) throws IOException {
        FileTime time = FileTime.from(settable(version.modified()));
        Files.getFileAttributeView(place, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    /**
     * The nearest time that Java sets, up to version 25: it counts nanoseconds from 1970 in 64 bits, and of fractions
     * before 1970 it makes 1970 itself.
     */
    private static Instant settable(Instant time) {
        Instant within = time.isBefore(EARLIEST) ? EARLIEST : time.isAfter(LATEST) ? LATEST : time;
        return within.isBefore(Instant.EPOCH) ? within.truncatedTo(SECONDS) : within;
    }

    /** Whether two times are one as far as a restore can tell: then one is no news after the other. */
    public static boolean sameTime(Instant a, Instant b) {
        return settable(a).equals(settable(b));
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
