package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of files, as those who go on with a download and players ask for them. */
class RangesTest {

    @TempDir
    Path home;

    TestDashboard dashboard;

    @BeforeEach
    void start() throws IOException {
        dashboard = TestDashboard.start(home);
    }

    @AfterEach
    void stop() throws IOException {
        dashboard.close();
    }

    @Test
    void rangesBringExactlyTheirBytes() throws IOException {
        byte[] content = new byte[6_000_000];
        new Random(2).nextBytes(content);
        dashboard.upload("", "film.mp4", content).is(201);
        String path = "/api/content?path=film.mp4";
        TestDashboard.Answer middle =
                dashboard.get(path, "Range", "bytes=4000000-4000999").is(206);
        assertThat(middle.bytes()).isEqualTo(Arrays.copyOfRange(content, 4_000_000, 4_001_000));
        assertThat(middle.headers().get("Content-Range")).isEqualTo("bytes 4000000-4000999/6000000");
        assertThat(middle.headers().get("Content-Type")).isEqualTo("video/mp4");
        assertThat(dashboard.get(path, "Range", "bytes=-10").is(206).bytes())
                .isEqualTo(Arrays.copyOfRange(content, 5_999_990, 6_000_000));
        assertThat(dashboard.get(path, "Range", "bytes=5999999-").is(206).bytes())
                .hasSize(1);
        assertThat(dashboard.get(path, "Range", "bytes=0-1,5-6").is(200).bytes())
                .hasSize(6_000_000);
        TestDashboard.Answer beyond =
                dashboard.get(path, "Range", "bytes=6000000-").is(416);
        assertThat(beyond.headers().get("Content-Range")).isEqualTo("bytes */6000000");
        assertThat(beyond.json().get("error").asText()).isEqualTo("range");
    }

    @Test
    void playerThatAsksForAllThatFollowsGetsAPartAtATime() throws IOException {
        byte[] content = new byte[3_000_000];
        new Random(4).nextBytes(content);
        dashboard.upload("", "film.mp4", content).is(201);
        String path = "/api/content?path=film.mp4";
        TestDashboard.Answer part = dashboard
                .get(path, "Range", "bytes=1000000-", "Sec-Fetch-Dest", "video")
                .is(206);
        assertThat(part.headers().get("Content-Range")).isEqualTo("bytes 1000000-2048575/3000000");
        assertThat(part.bytes()).isEqualTo(Arrays.copyOfRange(content, 1_000_000, 2_048_576));
        assertThat(dashboard
                        .get(path, "Range", "bytes=1000000-2999999", "Sec-Fetch-Dest", "video")
                        .is(206)
                        .bytes())
                .hasSize(2_000_000);
        assertThat(dashboard.get(path, "Range", "bytes=1000000-").is(206).bytes())
                .hasSize(2_000_000);
    }
}
