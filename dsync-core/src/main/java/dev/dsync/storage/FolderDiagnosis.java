package dev.dsync.storage;

import dev.dsync.source.FileProblem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What a failed file operation means for the target: wait, or ask a person. */
final class FolderDiagnosis {

    /** Network shares and disks that wake up are back within seconds; nothing is lost by asking again. */
    static final Duration BACK_OFF = Duration.ofSeconds(5);

    /**
     * ENOSPC and EDQUOT as they reach us: Java hands on no error number. In another language than English the free
     * space still tells of a full disk.
     */
    private static final Pattern NO_SPACE = Pattern.compile(
            "no space left|quota exceeded|out of disk space|not enough space", Pattern.CASE_INSENSITIVE);

    private FolderDiagnosis() {}

    /**
     * The failure that callers of a backend understand.
     *
     * @param task what was to be done, for example {@code "read a blob"}
     * @param bytes how much was to be written; zero if nothing
     */
    static StorageException of(IOException failure, String task, long bytes, Path folder) {
        if (failure instanceof StorageException known) {
            return known;
        }
        String what = "cannot " + task + " in the folder " + folder + ": ";
        if (failure instanceof AccessDeniedException || (bytes > 0 && isReadOnly(folder))) {
            return TargetBlockedException.ofOne(
                    what + "this user has no right to, or the file system is mounted read-only", failure);
        }
        OptionalLong free = freeBytes(folder);
        if (bytes > 0 && (free.orElse(bytes) < bytes || saysNoSpace(failure))) {
            String room = free.isPresent() ? String.format(Locale.ROOT, "%,d bytes free, ", free.getAsLong()) : "";
            String found = String.format(Locale.ROOT, "disk full: %s%,d to write", room, bytes);
            return new TargetBlockedException(what + found + "; make room there, or raise the quota", failure);
        }
        return new TargetUnavailableException(what + FileProblem.inWords(failure), BACK_OFF, failure);
    }

    private static OptionalLong freeBytes(Path folder) {
        try {
            return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
        } catch (IOException e) {
            return OptionalLong.empty(); // The failure's own words have to do.
        }
    }

    private static boolean saysNoSpace(IOException failure) {
        return NO_SPACE.matcher(String.valueOf(failure.getMessage())).find();
    }

    private static boolean isReadOnly(Path folder) {
        Path parent = folder.getParent();
        Path written = Files.isDirectory(folder) || parent == null ? folder : parent;
        return Files.isDirectory(written) && !Files.isWritable(written);
    }
}
