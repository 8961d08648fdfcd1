package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "1574031694233600002", "9223372036854775808", "18446744073709551615"})
    void leadsBackToTheMessage(String messageId) {
        assertThat(RootName.messageId(RootName.of(messageId))).hasValue(messageId);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void isOneThatDiscordAllows(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            assertThat(RootName.of(Long.toUnsignedString(random.nextLong())))
                    .as("seed %d", seed)
                    .matches("dsync-[0-9a-hjkmnp-tv-z]{13}")
                    .doesNotContain("discord", "clyde");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Captain Hook",
                "dsync-",
                "dsync-0000000000000",
                "dsync-000000000001",
                "dsync-000000000000I",
                "dsync-zzzzzzzzzzzzz"
            })
    void anyOtherNameLeadsNowhere(String name) {
        assertThat(RootName.messageId(name)).isEmpty();
    }
}
