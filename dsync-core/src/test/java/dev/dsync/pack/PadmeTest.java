package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadmeTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "2, 2",
        "7, 7",
        "8, 8",
        "9, 10",
        "100, 104",
        "1000, 1024",
        "1025, 1088",
        "1000000, 1015808",
        "8404992, 8650752",
        "8650752, 8650752",
        "8650753, 8912896",
    })
    void roundsUpToTheSizesOfThePaper(int size, int padded) {
        assertThat(Padme.atLeast(size)).isEqualTo(padded);
    }

    @Test
    void addsAtMostTwelvePercent() {
        new Random(1).ints(10_000, 1, PackFormat.MAX_PACK_SIZE).forEach(size -> {
            int padded = Padme.atLeast(size);
            assertThat(padded).as("of %d", size).isBetween(size, (int) (size * 1.12));
            assertThat(Padme.atLeast(padded)).as("again of %d", size).isEqualTo(padded);
        });
    }
}
