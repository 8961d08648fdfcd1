package dev.dsync.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * That a library still has what its users compiled against: {@code src/api/released.txt} lists what the last release had, and
 * until there is one what the first is to have. Run with {@code -Dapi.release} it writes that list. For a test in the package {@code dev.dsync} of each library.
 */
public abstract class PublicApiContract {

    private static final Path RELEASED = Path.of("src/api/released.txt");

    @Test
    void nothingThatUsersOfTheLastReleaseCallIsGone() throws Exception {
        List<String> now = PublicApi.of(Path.of("target/classes"));
        if (System.getProperty("api.release") != null) {
            release(now);
        }
        assertThat(PublicApi.incompatible(Files.readAllLines(RELEASED), now))
                .as("programs made for the last release would break: keep what they use, or raise the version's first"
                        + " number (before 1.0 its second; before the first release none), say so in"
                        + " CHANGELOG.md, and run this test with -Dapi.release")
                .isEmpty();
    }

    private static void release(List<String> api) throws IOException {
        Files.createDirectories(Path.of("src/api"));
        Files.write(RELEASED, api);
    }
}
