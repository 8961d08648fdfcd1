package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** The test vectors are those of RFC 5869, appendix A, for SHA-256. */
class HkdfTest {

    @Test
    void agreesWithTestCase1() {
        byte[] prk = Hkdf.extract(counting(0, 13), hex("0b".repeat(22)));

        assertThat(prk).isEqualTo(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
        assertThat(Hkdf.expand(prk, counting(0xf0, 10), 42))
                .isEqualTo(hex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"));
    }

    @Test
    void agreesWithTestCase2OnLongInputs() {
        byte[] prk = Hkdf.extract(counting(0x60, 80), counting(0, 80));

        assertThat(prk).isEqualTo(hex("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"));
        assertThat(Hkdf.expand(prk, counting(0xb0, 80), 82))
                .isEqualTo(hex("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41"
                        + "c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"));
    }

    @Test
    void agreesWithTestCase3WithoutSaltAndInfo() {
        byte[] prk = Hkdf.extract(new byte[0], hex("0b".repeat(22)));

        assertThat(prk).isEqualTo(hex("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"));
        assertThat(Hkdf.expand(prk, new byte[0], 42))
                .isEqualTo(hex("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"));
    }

    @Test
    void bothStepsTogetherAreOneAfterTheOther() {
        byte[] ikm = counting(7, 32);
        byte[] salt = counting(9, 32);

        assertThat(Hkdf.derive(SecretBytes.of(ikm), salt, counting(1, 5), 64))
                .isEqualTo(Hkdf.expand(Hkdf.extract(salt, ikm), counting(1, 5), 64));
    }

    @Test
    void givesAtMost255Blocks() {
        assertThat(Hkdf.expand(new byte[32], new byte[0], 255 * 32)).hasSize(255 * 32);
        assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], 255 * 32 + 1));
    }
}
