package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
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

    @Test
    void letsNoMoreThroughThanItsLimitInAnySpan() {
        RateWindow window = open("window");
        assertThat(window.take(10_000)).isPresent();
        assertThat(window.take(10_400)).isPresent();

        assertThat(window.take(10_000 + SPAN - 1)).isEmpty();
        assertThat(window.waitMillis(10_000 + SPAN - 1)).isEqualTo(1);
        assertThat(window.take(10_000 + SPAN)).isPresent();
        assertThat(window.waitMillis(10_000 + SPAN)).isEqualTo(400);
    }

    @Test
    void countsFromTheAnswerNotFromTheRequest() {
        RateWindow window = open("window");
        int slot = window.take(10_000).orElseThrow();
        window.take(10_000);

        window.answered(slot, 10_000, 10_700);

        assertThat(window.take(10_000 + SPAN)).isPresent();
        assertThat(window.waitMillis(10_000 + SPAN)).isEqualTo(700);
    }

    @Test
    void isRememberedByTheNextProcess() {
        open("window").take(10_000);
        open("window").take(10_100);
        open("window").closeUntil(20_000);

        assertThat(open("window").take(10_200)).isEqualTo(OptionalInt.empty());
        assertThat(open("window").waitMillis(10_200)).isEqualTo(9_800);
        assertThat(open("another").take(10_200)).isPresent();
    }

    @Test
    void forgetsTimesThatOnlyAWrongClockCanHaveLeft() {
        RateWindow window = open("window");
        window.take(999_999_999);
        window.take(999_999_999);
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
