package dev.dsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingCommandTest {

    @TempDir
    Path temp;

    @Test
    void bothWaysAreTimedInEachRound() throws Exception {
        Path json = temp.resolve("figures.json");

        CommandRun run =
                CommandRun.of("sealing", "--here", "--warm-up", "1", "--rounds", "3", "--json", json.toString());

        assertThat(run.exit()).as(run.printed()).isZero();
        assertThat(run.printed()).contains("34.6 MB sealed", "median of 3 rounds", "AES-256-GCM", "packs, verified");
        JsonNode figures = CommandRun.figures(json);
        assertThat(figures.at("/rounds").asInt()).isEqualTo(3);
        assertThat(figures.at("/packsBytesPerSecond").asDouble()).isPositive();
        assertThat(figures.at("/bareBytesPerSecond").asDouble()).isPositive();
        assertThat(figures.at("/ratio").asDouble())
                .isBetween(
                        figures.at("/lowerQuartile").asDouble(),
                        figures.at("/upperQuartile").asDouble());
    }

    @Test
    void bothWaysSealTheWholeContent() {
        long content = (long) SealingWork.CHUNKS * SealingWork.CHUNK_BYTES;
        try (SealingWork work = new SealingWork()) {
            assertThat(work.sealAndVerifyPacks()).isBetween(content, content + content / 50);
        }
    }

    @Test
    void noRoundsAreRefused() {
        CommandRun run = CommandRun.of("sealing", "--rounds", "0");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.printed()).contains("--rounds is 1 at least");
    }

    @Test
    void quantilesLieBetweenTheValuesNextToThem() {
        List<Double> values = List.of(4.0, 1.0, 2.0, 3.0);
        assertThat(Quantiles.median(values)).isEqualTo(2.5);
        assertThat(Quantiles.of(values, 0)).isEqualTo(1);
        assertThat(Quantiles.of(values, 1)).isEqualTo(4);
        assertThat(Quantiles.median(List.of(7.0))).isEqualTo(7);
    }
}
