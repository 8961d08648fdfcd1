package dev.dsync.pipeline.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dsync.catalog.Version;
import dev.dsync.catalog.VersionKind;
import dev.dsync.catalog.WriterId;
import dev.dsync.pipeline.SyncReport;
import dev.dsync.source.RelativePath;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.TargetId;
import dev.dsync.vault.TestVault;
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

    private final MemoryBackend target =
            new MemoryBackend(new TargetId("memory:a"), new BackendLimits(10 << 20, 10, 25 << 20));

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05.123456789Z, 2026-01-02T03:04:05.123456789Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "1950-06-07T08:09:10Z, 1950-06-07T08:09:10Z",
        "1950-06-07T08:09:10.5Z, 1950-06-07T08:09:10Z",
        "1969-12-31T23:59:59.999999999Z, 1969-12-31T23:59:59Z",
        "2262-04-11T23:47:16.5Z, 2262-04-11T23:47:16.5Z",
        "2300-01-01T00:00:00.25Z, 2262-04-11T23:47:16.854775807Z"
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

    @ParameterizedTest
    @CsvSource({"1969-12-31T23:59:59.999999999Z", "1950-06-07T08:09:10.5Z", "2300-01-01T00:00:00.25Z"})
    void timeThatCannotBeSetExactlyIsNoNewsAfterItCameBack(Instant recorded) throws Exception {
        try (TestVault home = new TestVault(folder.resolve("home"), 1, target)) {
            Path file = Files.writeString(home.synced().resolve("old"), "content");
            touch(file, recorded);
            home.sync();
            Files.delete(file);
            home.restore(home.synced());
            SyncReport after = home.sync();
            assertThat(after.changed() + after.added()).as("news of %s", after).isZero();
        }
    }

    /** Java cannot. */
    private static void touch(Path file, Instant time) throws Exception {
        Process touch = new ProcessBuilder("touch", "-d", time.toString(), file.toString()).start();
        assumeTrue(
                touch.waitFor() == 0
                        && Files.getLastModifiedTime(file).toInstant().equals(time),
                "no such time can be set here");
    }
}
