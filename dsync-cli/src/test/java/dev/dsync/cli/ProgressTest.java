package dev.dsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.pack.PackId;
import dev.dsync.pipeline.CheckEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {

    private static final String CLEAR = "\r\u001b[K";
    private static final long MIB = 1 << 20;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    private ProgressLine line(boolean shown, int columns) {
        return new ProgressLine(new PrintStream(screen, true, StandardCharsets.UTF_8), shown, columns, () -> now);
    }

    private String screen() {
        return screen.toString(StandardCharsets.UTF_8);
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void whatTakesLessThanASecondShowsNothing() {
        ProgressLine line = line(true, 80);
        pass(Duration.ofMillis(999));
        line.show(() -> "half");
        line.end();
        assertThat(screen()).isEmpty();
    }

    @Test
    void lineIsWrittenOverAndGoneInTheEnd() {
        ProgressLine line = line(true, 80);
        pass(Duration.ofSeconds(1));
        line.show(() -> "one");
        line.show(() -> "too soon");
        pass(Duration.ofSeconds(1));
        line.show(() -> "two");
        line.end();
        line.show(() -> "too late");
        assertThat(screen()).isEqualTo(CLEAR + "one" + CLEAR + "two" + CLEAR);
    }

    @Test
    void timeGoesByWhereNothingHappens() {
        ProgressLine line = line(true, 80);
        line.begin("dsync recover");
        pass(Duration.ofSeconds(75));
        assertThat(line.tick()).isTrue();
        assertThat(screen()).endsWith(CLEAR + "dsync recover, 1:15");
        line.end();
        assertThat(line.tick()).isFalse();
    }

    /** As passes of a watch do. */
    @Test
    void lineThatEndedCanBeginAnew() {
        ProgressLine line = line(true, 80);
        line.begin("first");
        line.end();
        pass(Duration.ofMinutes(3));
        line.begin("second");
        line.show(() -> "at once");
        pass(Duration.ofSeconds(2));
        line.show(() -> "after a while");
        line.end();
        assertThat(screen()).isEqualTo(CLEAR + "after a while" + CLEAR);
    }

    @Test
    void nobodyWatchingMeansNothingIsWritten() {
        ProgressLine line = line(false, 80);
        line.begin("dsync sync");
        pass(Duration.ofSeconds(5));
        line.show(() -> "half");
        line.end();
        assertThat(screen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 33, 80, 200})
    void lineFitsTheTerminal(int columns) {
        ProgressLine line = line(true, columns);
        pass(Duration.ofSeconds(1));
        line.show(() -> "x".repeat(300));
        assertThat(screen().length() - CLEAR.length()).isLessThan(Math.max(20, columns));
    }

    @Test
    void dumbTerminalAndQuietUserSeeNoLine(@TempDir Path temp) throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        for (Output.Manner manner : List.of(new Output.Manner(false, true, 0), Output.Manner.USUAL)) {
            Surroundings dumb = new Surroundings(
                    new PrintStream(screen),
                    new PrintStream(screen),
                    java.util.Map.of("TERM", manner.quiet() ? "xterm" : "dumb"),
                    home.folder,
                    home.clock,
                    true,
                    new Stop());
            assertThat(new Output(dumb, manner).progress().isShown()).isFalse();
        }
    }

    @Test
    void bytesRateTimeAndPacksToComeAreTold() {
        Advance advance = new Advance(new Pace(() -> now));
        pass(Duration.ofSeconds(10));
        assertThat(advance.line("read", 100 * MIB, OptionalLong.of(700 * MIB), 5, List.of("a.txt")))
                .isEqualTo("14 %  read 100.0 MiB of 700.0 MiB, 10.0 MiB/s, 1:00 left, about 30 packs to go, a.txt");
    }

    @Test
    void whatTheFirstFewBytesTookForetellsNothing() {
        Advance advance = new Advance(new Pace(() -> now));
        pass(Duration.ofSeconds(2));
        assertThat(advance.line("read", 32 << 10, OptionalLong.of(700 * MIB), 0, List.of()))
                .isEqualTo("0 %  read 32.0 KiB of 700.0 MiB, 16.0 KiB/s");
    }

    @Test
    void checkCountsThePacksOfTheCatalogToo(@TempDir Path temp) throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        Output output = new Output(
                new Surroundings(
                        new PrintStream(screen),
                        new PrintStream(screen),
                        java.util.Map.of("COLUMNS", "40"),
                        home.folder,
                        home.clock,
                        true,
                        new Stop()),
                Output.Manner.USUAL);
        CheckWatch watch = new CheckWatch(output, home.clock);
        CheckEvent checked = new CheckEvent.PackChecked(PackId.of(new byte[PackId.BYTES]), 0);
        home.clock.pass(Duration.ofSeconds(2));
        watch.on(checked);
        home.clock.pass(Duration.ofSeconds(2));
        watch.on(new CheckEvent.Planned(2, 0));
        home.clock.pass(Duration.ofSeconds(2));
        watch.on(checked);
        assertThat(screen())
                .contains(CLEAR + "1 pack checked" + CLEAR, "2 of 3 packs checked")
                .doesNotContain("of 0");
    }

    @Test
    void withoutATotalNothingIsPromised() {
        Advance advance = new Advance(new Pace(() -> now));
        pass(Duration.ofSeconds(2));
        assertThat(advance.line("read", 10 * MIB, OptionalLong.empty(), 1, List.of()))
                .isEqualTo("read 10.0 MiB, 5.0 MiB/s");
    }

    @Test
    void moreThanWasForecastIsStillAllOfIt() {
        Advance advance = new Advance(new Pace(() -> now));
        pass(Duration.ofSeconds(2));
        assertThat(advance.line("read", 10 * MIB, OptionalLong.of(MIB), 1, List.of()))
                .startsWith("100 %  read 10.0 MiB of 10.0 MiB");
    }

    @Test
    void rateForgetsWhatIsLongAgo() {
        Pace pace = new Pace(() -> now);
        for (int second = 1; second <= 60; second++) {
            pass(Duration.ofSeconds(1));
            pace.perSecond(1000L * second);
        }
        for (int second = 1; second <= 20; second++) {
            pass(Duration.ofSeconds(1));
            pace.perSecond(60_000 + 10L * second);
        }
        assertThat(pace.perSecond(60_200)).hasValue(10);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "7, 0:07", "750, 12:30", "11109, 3:05:09"})
    void lengthsOfTimeAreShort(long seconds, String shown) {
        assertThat(Pace.shown(Duration.ofSeconds(seconds))).isEqualTo(shown);
    }

    @Test
    void summaryTellsWhatWasSavedAndWhereItLies(@TempDir Path temp) throws IOException {
        TestHome home = new TestHome(temp.resolve("home"));
        home.write("tree/a", "the same line again and again\n".repeat(50_000));
        home.write("tree/b", "the same line again and again\n".repeat(50_000));
        String summary = home.run("sync", "--folder", "tree").ends(0).out();
        assertThat(summary)
                .contains(
                        "2 added",
                        "1.4 MiB of it was there already",
                        "compression saved",
                        "it lies on " + home.folder.resolve("storage"));
        assertThat(home.run("sync").ends(0).out()).contains("2 unchanged", "nothing to store");
        assertThat(home.run("-q", "sync").ends(0).out()).isEmpty();
    }
}
