package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrappedKeyTest {

    private static final String GOLDEN = "wrapped-key-1.txt";
    private static final String PASSPHRASE = "caf\u00e9 IX";

    /** The text was made with Python's cryptography package 48.0.0 from the drawing in {@link WrappedKey}. */
    @Test
    void textNeverChanges() throws IOException {
        String golden = resource(GOLDEN);
        WrappedKey made =
                WrappedKey.wrap(Fixtures.key(), PASSPHRASE.toCharArray(), PassphraseCost.DEFAULT, new CountingRandom());

        assertThat(made.text()).isEqualTo(golden);
        assertThat(WrappedKey.parse(golden)
                        .unwrap(PASSPHRASE.toCharArray())
                        .raw()
                        .copy())
                .isEqualTo(counting(0, 32));
    }

    @Test
    void anotherPassphraseIsToldFromDamage() throws IOException {
        WrappedKey wrapped = WrappedKey.parse(resource(GOLDEN));

        assertThatExceptionOfType(EnvelopeNotOursException.class)
                .isThrownBy(() -> wrapped.unwrap("cafe IX".toCharArray()));
    }

    @Test
    void aForeignVaultIdIsFound() throws IOException {
        String text = checked(resource(GOLDEN).replace("vault 32", "vault 33"));
        WrappedKey wrapped = WrappedKey.parse(text);

        assertThatExceptionOfType(EnvelopeDamagedException.class)
                .isThrownBy(() -> wrapped.unwrap(PASSPHRASE.toCharArray()))
                .withMessageContaining("another vault");
    }

    @Test
    void windowsLineEndsAreTheSame() throws IOException {
        assertThat(WrappedKey.parse(resource(GOLDEN).replace("\n", "\r\n")).text())
                .isEqualTo(resource(GOLDEN));
    }

    @Test
    void noChangedCharacterGoesUnseen() throws IOException {
        String golden = resource(GOLDEN);
        for (int at = WrappedKey.MAGIC.length(); at < golden.length() - 1; at++) {
            String changed =
                    golden.substring(0, at) + (golden.charAt(at) == 'x' ? 'y' : 'x') + golden.substring(at + 1);
            assertThatIllegalArgumentException().as("character %d", at).isThrownBy(() -> WrappedKey.parse(changed));
        }
    }

    @Test
    void noMissingEndGoesUnseen() throws IOException {
        String golden = resource(GOLDEN);
        for (int length = WrappedKey.MAGIC.length(); length < golden.length() - 1; length++) {
            String cut = golden.substring(0, length);
            assertThatIllegalArgumentException().as("length %d", length).isThrownBy(() -> WrappedKey.parse(cut));
        }
    }

    /** These bear a good check, so only the limits stand between them and the machine's memory. */
    @ParameterizedTest
    @CsvSource({
        "t, 2, t (passes) must be 3 to 20",
        "t, 21, t (passes) must be 3 to 20",
        "m, 65535, m (KiB of memory) must be 65536 to 1048576",
        "m, 1048577, m (KiB of memory) must be 65536 to 1048576",
        "m, 99999999999, m is not a number",
        "m, -1, m is not a number",
        "p, 0, p (lanes) must be 1 to 16",
        "p, 17, p (lanes) must be 1 to 16",
        "salt, AAECAwQFBgcICQoLDA0O, salt is not 16 bytes",
        "envelope, AREQ*, envelope is not 113 bytes",
        "vault, xy, vault is not 32",
    })
    void forgedLinesAreRefusedBeforeAnyWork(String name, String forged, String message) throws IOException {
        String golden = resource(GOLDEN);
        String text = checked(golden.replaceFirst("(?m)^" + name + " .*", name + " " + forged));

        assertThat(text).isNotEqualTo(golden);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WrappedKey.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void aNewerVersionSaysSo() throws IOException {
        String text = checked(resource(GOLDEN).replace("key 1", "key 2"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> WrappedKey.parse(text))
                .withMessageContaining("newer dsync");
    }

    /** The text with a check that fits. */
    private static String checked(String text) {
        String lines = text.substring(0, text.indexOf("check "));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.US_ASCII));
            return lines + "check " + HexFormat.of().formatHex(hash, 0, 8) + '\n';
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
