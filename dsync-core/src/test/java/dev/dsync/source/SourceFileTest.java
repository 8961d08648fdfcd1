package dev.dsync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SourceFileTest {

    @TempDir
    Path root;

    private Path place;

    @BeforeEach
    void write() throws IOException {
        place = root.resolve("f");
        Files.writeString(place, "before");
    }

    @Test
    void readsFromTheFirstByteOn() throws IOException {
        SourceFile file = listed();
        try (SeekableByteChannel channel = file.open()) {
            ByteBuffer content = ByteBuffer.allocate(10);
            assertThat(channel.read(content)).isEqualTo(6);
            assertThat(new String(content.array(), 0, 6, StandardCharsets.UTF_8))
                    .isEqualTo("before");
        }
        assertThat(file.changedSince(file.meta())).as("reading changes nothing").isFalse();
    }

    @Test
    void noticesContentReplacedUnderTheOldTime() throws IOException {
        SourceFile file = listed();
        FileTime modified = Files.getLastModifiedTime(place);
        waitUntilTimesDiffer();
        Files.writeString(place, "beFORE");
        Files.setLastModifiedTime(place, modified);
        assertThat(file.metaNow().modified()).isEqualTo(file.meta().modified());
        assertThat(file.changedSince(file.meta())).isTrue();
    }

    @Test
    void noticesAnotherFileInItsPlace() throws IOException {
        SourceFile file = listed();
        Path other = Files.writeString(root.resolve("other"), "beFORE");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(place));
        Files.move(other, place, StandardCopyOption.REPLACE_EXISTING);
        assertThat(file.changedSince(file.meta())).isTrue();
    }

    @Test
    void noticesWhatWasAppendedWhileReading() throws IOException {
        SourceFile file = listed();
        FileMeta before = file.metaNow();
        try (SeekableByteChannel channel = file.open()) {
            channel.read(ByteBuffer.allocate(3));
            Files.writeString(place, "before and after");
        }
        assertThat(file.changedSince(before)).isTrue();
        assertThat(file.changedSince(file.metaNow())).isFalse();
    }

    @Test
    void noticesPermissions() throws IOException {
        SourceFile file = listed();
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r--------"));
        assertThat(file.changedSince(file.meta())).isTrue();
    }

    @Test
    void saysInWordsWhatTookItsPlace() throws IOException {
        SourceFile file = listed();
        Files.delete(place);
        assertCannotOpen(file, "f: no such file any more");
        assertThat(file.changedSince(file.meta())).isTrue();
        Files.createSymbolicLink(place, Path.of("/etc/hostname"));
        assertCannotOpen(file, "f: is a symbolic link");
        assertThat(file.changedSince(file.meta())).isTrue();
        Files.delete(place);
        Files.createDirectory(place);
        assertCannotOpen(file, "f: is a folder now");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeInItsPlaceDoesNotBlock() throws Exception {
        SourceFile file = listed();
        Files.delete(place);
        assertThat(new ProcessBuilder("mkfifo", place.toString()).start().waitFor())
                .isZero();
        assertCannotOpen(file, "f: is a named pipe");
    }

    @Test
    void saysIfItsFolderBecameAFile() throws IOException {
        Path folder = Files.createDirectory(root.resolve("folder"));
        Files.writeString(folder.resolve("x"), "");
        SourceFile file = Walked.through(root).file("folder/x");
        Files.delete(folder.resolve("x"));
        Files.delete(folder);
        Files.writeString(folder, "");
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(file::open)
                .satisfies(e -> assertThat(e.failure())
                        .isEqualTo(new FileFailure(
                                "folder/x", "a file is in the way on the path to it, where a folder belongs")));
    }

    /** Some file systems tell times in steps of milliseconds: what changes within one step cannot be told by them. */
    private void waitUntilTimesDiffer() throws IOException {
        Disk disk = new UnixDisk();
        Path probe = root.resolve("probe");
        do {
            Files.writeString(probe, "");
        } while (disk.meta(probe).changed().equals(disk.meta(place).changed()));
    }

    private static void assertCannotOpen(SourceFile file, String message) {
        assertThatExceptionOfType(SourceException.class).isThrownBy(file::open).withMessage(message);
    }

    private SourceFile listed() throws IOException {
        return Walked.through(root).file("f");
    }
}
