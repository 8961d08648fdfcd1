package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateWindowTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long SPAN = 1050;

    @TempDir
    private Path folder;

    private RateWindow open(String file) {
        return new RateWindow(2, SECOND, new FileSlots(folder.resolve(file), RateWindow.slots(2)));
    }

    private static void sendAndAnswer(RateWindow window, long time) {
        window.take(time).orElseThrow().answered(time);
    }

    @Test
    void letsNoMoreThroughThanItsLimitInAnySpan() {
        RateWindow window = open("window");
        sendAndAnswer(window, 10_000);
        sendAndAnswer(window, 10_400);

        assertThat(window.take(10_000 + SPAN - 1)).isEmpty();
        assertThat(window.waitMillis(10_000 + SPAN - 1)).isEqualTo(1);
        assertThat(window.take(10_000 + SPAN)).isPresent();
        assertThat(window.waitMillis(10_000 + SPAN)).isEqualTo(400);
    }

    @Test
    void countsFromTheAnswerNotFromTheRequest() {
        RateWindow window = open("window");
        RateWindow.Room slow = window.take(10_000).orElseThrow();
        sendAndAnswer(window, 10_000);

        slow.answered(10_700);

        sendAndAnswer(window, 10_000 + SPAN);
        assertThat(window.waitMillis(10_000 + SPAN)).isEqualTo(700);
    }

    @Test
    void countsWhatIsUnderWayForAsLongAsItTakes() {
        RateWindow window = open("window");
        RateWindow.Room slow = window.take(10_000).orElseThrow();
        RateWindow.Room slower = window.take(10_000).orElseThrow();

        assertThat(window.take(50_000)).isEmpty();
        slow.answered(50_000);
        assertThat(window.take(50_000 + SPAN)).isPresent();
        assertThat(window.take(50_000 + SPAN)).isEmpty();
        slower.giveBack();
        assertThat(window.take(50_000 + SPAN)).isPresent();
    }

    @Test
    void isRememberedByTheNextProcess() {
        sendAndAnswer(open("window"), 10_000);
        sendAndAnswer(open("window"), 10_100);
        open("window").closeUntil(20_000);

        assertThat(open("window").take(10_200)).isEmpty();
        assertThat(open("window").waitMillis(10_200)).isEqualTo(9_800);
        assertThat(open("another").take(10_200)).isPresent();
    }

    @Test
    void forgetsTimesThatOnlyAWrongClockCanHaveLeft() {
        RateWindow window = open("window");
        sendAndAnswer(window, 999_999_999);
        sendAndAnswer(window, 999_999_999);
        window.closeUntil(Duration.ofDays(20_000).toMillis());

        assertThat(window.waitMillis(10_000)).isZero();
    }

    @Test
    void worksOnWithoutAFileThatCanBeUsed() throws IOException {
        Files.createDirectory(folder.resolve("window"));
        RateWindow window = open("window");

        assertThat(window.take(10_000)).isPresent();
        assertThat(window.take(10_000)).isPresent();
        assertThat(window.take(10_000)).isEmpty();
    }

    @Test
    void isSharedByTwoThatUseTheFileAtOnce() throws InterruptedException {
        int[] taken = new int[2];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int own = i;
            RateWindow window =
                    new RateWindow(100, SECOND, new FileSlots(folder.resolve("shared"), RateWindow.slots(100)));
            threads[i] = new Thread(() -> {
                for (int j = 0; j < 100; j++) {
                    taken[own] += window.take(10_000).isPresent() ? 1 : 0;
                }
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(taken[0] + taken[1]).isEqualTo(100);
    }
}
