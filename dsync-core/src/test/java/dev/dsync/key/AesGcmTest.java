package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmTest {

    private static final byte[] NO_ASSOCIATED = {};
    private static final byte[] NONCE = counting(1, 12);

    private final AesGcm cipher = new AesGcm(SecretBytes.of(counting(0, 32)));

    /** Test cases 13 to 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B: AES-256. */
    @ParameterizedTest
    @CsvSource(
            emptyValue = "",
            value = {
                "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, '',"
                        + " '', 530f8afbc74536b9a963b4f1c4cb738b",
                "0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000,"
                        + " 00000000000000000000000000000000, '',"
                        + " cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
                "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888,"
                        + " d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                        + "b16aedf5aa0de657ba637b391aafd255, '',"
                        + " 522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                        + "c5f61e6393ba7a0abcc9f662898015adb094dac5d93471bdec1a502270e3cc6c",
                "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308, cafebabefacedbaddecaf888,"
                        + " d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
                        + "b16aedf5aa0de657ba637b39, feedfacedeadbeeffeedfacedeadbeefabaddad2,"
                        + " 522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
                        + "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b",
            })
    void agreesWithMcGrewAndViega(String key, String nonce, String plain, String associated, String sealed)
            throws SealBrokenException {
        AesGcm aes = new AesGcm(SecretBytes.of(hex(key)));
        byte[] out = new byte[hex(sealed).length];
        byte[] opened = new byte[hex(plain).length];

        assertThat(aes.seal(hex(nonce), hex(associated), hex(plain), 0, opened.length, out, 0))
                .isEqualTo(out.length);
        assertThat(out).isEqualTo(hex(sealed));
        assertThat(aes.open(hex(nonce), hex(associated), out, 0, out.length, opened, 0))
                .isEqualTo(opened.length);
        assertThat(opened).isEqualTo(hex(plain));
    }

    @Test
    void touchesOnlyItsRanges() throws SealBrokenException {
        byte[] out = new byte[100];
        byte[] opened = new byte[100];

        assertThat(cipher.seal(NONCE, NO_ASSOCIATED, counting(50, 60), 7, 20, out, 30))
                .isEqualTo(36);
        assertThat(cipher.open(NONCE, NO_ASSOCIATED, out, 30, 36, opened, 11)).isEqualTo(20);

        assertThat(Arrays.copyOf(out, 30)).containsOnly(0);
        assertThat(Arrays.copyOfRange(out, 66, 100)).containsOnly(0);
        assertThat(Arrays.copyOfRange(opened, 11, 31)).isEqualTo(counting(57, 20));
        assertThat(Arrays.copyOf(opened, 11)).containsOnly(0);
        assertThat(Arrays.copyOfRange(opened, 31, 100)).containsOnly(0);
    }

    @Test
    void opensAgainAfterEveryKindOfDamage() throws SealBrokenException {
        byte[] sealed = sealed(counting(0, 40));
        byte[] opened = new byte[40];
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertBroken(flipped, sealed.length, NONCE, NO_ASSOCIATED);
            assertThat(cipher.open(NONCE, NO_ASSOCIATED, sealed, 0, sealed.length, opened, 0))
                    .isEqualTo(40);
        }
        assertThat(opened).isEqualTo(counting(0, 40));
    }

    @Test
    void refusesEveryShorterLengthAndOtherNonceOrAssociatedData() {
        byte[] sealed = sealed(counting(0, 40));
        for (int length = 0; length < sealed.length; length++) {
            assertBroken(sealed, length, NONCE, NO_ASSOCIATED);
        }
        assertBroken(sealed, sealed.length, counting(2, 12), NO_ASSOCIATED);
        assertBroken(sealed, sealed.length, NONCE, new byte[1]);
    }

    @Test
    void sealsNothingMoreAfterTheSameNonceTwice() {
        sealed(new byte[1]);

        assertThatIllegalStateException().isThrownBy(() -> sealed(new byte[1]));
        assertThatIllegalStateException()
                .isThrownBy(() -> cipher.seal(counting(9, 12), NO_ASSOCIATED, new byte[1], 0, 1, new byte[17], 0))
                .withMessageContaining("failed before");
    }

    @Test
    void aWrongArgumentHarmsNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cipher.seal(new byte[11], NO_ASSOCIATED, new byte[1], 0, 1, new byte[17], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.seal(NONCE, NO_ASSOCIATED, new byte[1], 0, 1, new byte[16], 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cipher.open(NONCE, NO_ASSOCIATED, new byte[20], 0, 20, new byte[3], 0));

        assertThat(sealed(new byte[1])).hasSize(17);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void keyHas32Bytes(int length) {
        SecretBytes key = SecretBytes.of(new byte[length]);

        assertThatIllegalArgumentException().isThrownBy(() -> new AesGcm(key));
    }

    private byte[] sealed(byte[] plain) {
        byte[] out = new byte[plain.length + AesGcm.TAG_BYTES];
        cipher.seal(NONCE, NO_ASSOCIATED, plain, 0, plain.length, out, 0);
        return out;
    }

    private void assertBroken(byte[] sealed, int length, byte[] nonce, byte[] associated) {
        byte[] out = new byte[sealed.length];
        assertThatExceptionOfType(SealBrokenException.class)
                .isThrownBy(() -> cipher.open(nonce, associated, sealed, 0, length, out, 0));
    }
}
