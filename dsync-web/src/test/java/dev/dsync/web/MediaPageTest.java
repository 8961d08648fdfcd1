package dev.dsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Film and sound, played where they are: only what is played is fetched, by the browser and from the targets. */
class MediaPageTest extends PageTest {

    private static final int SECONDS = 240;

    private final CountedReads targets = new CountedReads();

    @Override
    TestDashboard dashboard() throws Exception {
        return TestDashboard.on(temp.resolve("home"), targets);
    }

    @Test
    void soundSeeksFetchingLittleMoreThanIsPlayed() throws Exception {
        byte[] song = Documents.wav(240);
        dashboard.upload("", "long.wav", song).is(201);
        tab.visit(dashboard.url());
        long before = tab.bytes();
        tab.open("long.wav");
        tab.waitFor("document.querySelector('.stage audio')?.readyState >= 1");
        assertThat(tab.script("Math.round(document.querySelector('.stage audio').duration)")
                        .asInt())
                .isEqualTo(240);
        tab.script("document.querySelector('.stage audio').currentTime = 200");
        tab.waitFor(
                "document.querySelector('.stage audio').readyState >= 2 && !document.querySelector('.stage audio').seeking");
        assertThat(tab.script("Math.round(document.querySelector('.stage audio').currentTime)")
                        .asInt())
                .isBetween(199, 202);
        assertThat(tab.bytes() - before).as("bytes fetched of %s", song.length).isLessThan(song.length / 2);
        tab.key("Escape");
    }

    @Test
    void filmSeeksFetchingLittleMoreThanIsPlayed() throws Exception {
        tab.visit(dashboard.url() + "/#/files");
        tab.script(filmMaker() + "; true");
        long size = tab.script("film('film.webm', " + SECONDS + ")").asLong();
        tab.waitFor(Tab.row("film.webm"));
        long read = targets.bytes();
        tab.open("film.webm");
        tab.waitFor("document.querySelector('.stage video')?.readyState >= 2");
        assertThat(tab.script("document.querySelector('.stage video').duration").asDouble())
                .isEqualTo(SECONDS);
        assertThat(secondShown()).isBetween(0, 4);
        tab.script("document.querySelector('.stage video').currentTime = 200");
        tab.waitFor("!document.querySelector('.stage video').seeking"
                + " && document.querySelector('.stage video').readyState >= 2");
        assertThat(secondShown()).as("second that the picture is of").isBetween(197, 203);
        noBarriers();
        tab.picture("preview-video");
        tab.script("document.querySelector('.stage video').muted = true;"
                + " document.querySelector('.stage video').play()");
        tab.waitFor("document.querySelector('.stage video').currentTime > 200.2");
        tab.key("Escape");
        tab.waitFor("!document.querySelector('dialog')");
        assertThat(targets.bytes() - read)
                .as("bytes read from the targets of %s", size)
                .isLessThan(size / 2);
    }

    private static String filmMaker() throws IOException {
        try (InputStream in = Objects.requireNonNull(MediaPageTest.class.getResourceAsStream("film.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Which second the bar at the left of the picture says it is of. */
    private int secondShown() {
        int grey = tab.script("""
                (() => { const video = document.querySelector('.stage video'); const canvas = new OffscreenCanvas(320, 180);
                  const pen = canvas.getContext('2d'); pen.drawImage(video, 0, 0);
                  return pen.getImageData(20, 90, 1, 1).data[0]; })()""").asInt();
        return Math.round(grey * SECONDS / 255f);
    }
}
