package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SecretBytesTest {

    @Test
    void sharesNoArrayWithAnybody() {
        byte[] bytes = counting(1, 4);
        SecretBytes secret = SecretBytes.of(bytes);
        bytes[0] = 99;
        secret.copy()[1] = 99;

        assertThat(secret.copy()).isEqualTo(counting(1, 4));
    }

    @Test
    void takingWipesTheOriginal() {
        byte[] bytes = counting(1, 4);

        assertThat(SecretBytes.taking(bytes).copy()).isEqualTo(counting(1, 4));
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void printsNothing() {
        try (VaultKey key = Fixtures.key();
                SecretBytes secret = key.raw();
                CommittedKey committed = CommittedKey.derive(secret, new byte[32], "x")) {
            assertThat(secret).hasToString("***");
            assertThat(key).hasToString("***");
            assertThat(committed).hasToString("***");
            assertThat(new MacKey(secret)).hasToString("***");
        }
    }

    @Test
    void equalsByContent() {
        SecretBytes secret = SecretBytes.of(counting(1, 4));

        assertThat(secret).isEqualTo(SecretBytes.of(counting(1, 4))).hasSameHashCodeAs(SecretBytes.of(counting(1, 4)));
        assertThat(secret).isNotEqualTo(SecretBytes.of(counting(2, 4)));
        assertThat(secret).isNotEqualTo(SecretBytes.of(counting(1, 5)));
    }

    @Test
    void isUselessOnceClosed() {
        SecretBytes secret = SecretBytes.of(counting(1, 4));
        secret.close();
        secret.close();

        assertThatIllegalStateException().isThrownBy(secret::copy);
        assertThatIllegalStateException().isThrownBy(secret::length);
        assertThat(secret).isEqualTo(secret).isNotEqualTo(SecretBytes.of(new byte[4]));
        assertThat(SecretBytes.of(new byte[4])).isNotEqualTo(secret);
    }
}
