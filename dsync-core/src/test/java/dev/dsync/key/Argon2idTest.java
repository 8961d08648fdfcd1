package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Argon2idTest {

    /** RFC 9106, section 5.3. */
    @Test
    void agreesWithRfc9106() {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withIterations(3)
                .withMemoryAsKB(32)
                .withParallelism(4)
                .withSalt(hex("02".repeat(16)))
                .withSecret(hex("03".repeat(8)))
                .withAdditional(hex("04".repeat(12)))
                .build();

        assertThat(Argon2id.hash(hex("01".repeat(32)), parameters, 32))
                .isEqualTo(hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
    }

    @Test
    void passphrasesThatLookAlikeAreAlike() {
        assertThat(key("caf\u00e9 IX")).isEqualTo(key("cafe\u0301 \u2168"));
        assertThat(key("caf\u00e9 IX")).isNotEqualTo(key("cafe IX"));
    }

    @Test
    void halfACharacterIsNoText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key("secret\ud83d"))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> key("\ude00secret"));
        assertThat(key("\ud83d\ude00").length()).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 65536, 1",
        "21, 65536, 1",
        "3, 65535, 1",
        "3, 1048577, 1",
        "3, 65536, 0",
        "3, 65536, 17",
        "-1, -1, -1",
    })
    void costHasLimits(int passes, int memoryKib, int lanes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PassphraseCost(passes, memoryKib, lanes))
                .withMessageContaining("must be");
    }

    @Test
    void costMayBeAtItsLimits() {
        assertThat(new PassphraseCost(3, 65_536, 1).memoryBytes()).isEqualTo(64L << 20);
        assertThat(new PassphraseCost(20, 1_048_576, 16).memoryBytes()).isEqualTo(1L << 30);
    }

    private static SecretBytes key(String passphrase) {
        return Argon2id.key(passphrase.toCharArray(), counting(0, 16), PassphraseCost.DEFAULT);
    }
}
