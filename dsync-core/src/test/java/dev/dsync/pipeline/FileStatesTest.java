package dev.dsync.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.WriterId;
import dev.dsync.source.RelativePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileStatesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456789Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "1950-06-07T08:09:10Z, 1950-06-07T08:09:10Z",
        "1950-06-07T08:09:10.5Z, 1950-06-07T08:09:10Z"
    })
    void timeComesBackAsCloselyAsJavaCanSetIt(Instant recorded, Instant restored) throws Exception {
        Version version = new Version(
                RelativePath.of("a"),
                VersionKind.FOLDER,
                0,
                recorded,
                0750,
                Optional.empty(),
                Optional.empty(),
                1,
                new WriterId("0123456789abcdef"));
        FileStates.apply(folder, version);
        assertThat(Files.getLastModifiedTime(folder).toInstant()).isEqualTo(restored);
        assertThat(Files.getAttribute(folder, "unix:mode")).isEqualTo(040750);
    }
}
