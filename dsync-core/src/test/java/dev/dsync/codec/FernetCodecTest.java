package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.key.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors are those of the Fernet specification, github.com/fernet/spec: generate, verify and invalid.json. */
final class FernetCodecTest extends CodecContract {

    private static final String SPEC_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
    private static final String SPEC_TOKEN =
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
    private static final Instant SPEC_TIME = Instant.parse("1985-10-26T08:20:00Z");

    /** Yields 0, 1, 2 and so on: the vector that the specification gives to a token. */
    private static final class Counting extends SecureRandom {
        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
        }
    }

    private static FernetCodec codec(String key, SecureRandom random) {
        try (SecretBytes secret = SecretBytes.of(Base64.getUrlDecoder().decode(key))) {
            return new FernetCodec(secret, InstantSource.fixed(SPEC_TIME), random);
        }
    }

    @Override
    protected Codec codec() {
        return codec(SPEC_KEY, new SecureRandom());
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void generatesTheTokenOfTheSpecification() {
        assertThat(codec(SPEC_KEY, new Counting()).encode(ascii("hello"))).isEqualTo(ascii(SPEC_TOKEN));
    }

    @Test
    void opensTheTokenOfTheSpecification() throws CorruptChunkException {
        assertThat(codec().decode(ascii(SPEC_TOKEN), 5)).isEqualTo(ascii("hello"));
    }

    /** All of invalid.json but the two about age, which is not checked. */
    @ParameterizedTest
    @CsvSource({
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==, verify",
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==, cannot hold",
        "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==, base64",
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm, cannot hold",
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==, padding",
        "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==, padding",
    })
    void refusesTheInvalidTokensOfTheSpecification(String token, String reason) {
        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec().decode(ascii(token), 5))
                .withMessageContaining(reason);
    }

    /** The specification's own example of an expired token: what was stored long ago is still to be restored. */
    @Test
    void ageDoesNotMatter() throws CorruptChunkException {
        String expired =
                "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==";

        assertThat(codec().decode(ascii(expired), 0)).isEqualTo(ascii(""));
    }

    @Test
    void anotherKeyDoesNotOpenIt() {
        Codec other = codec(SPEC_KEY.replace('c', 'd'), new SecureRandom());

        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> other.decode(ascii(SPEC_TOKEN), 5))
                .withMessageContaining("another key");
    }

    @Test
    void equalContentHasUnequalTokens() {
        Codec codec = codec();

        assertThat(codec.encode(ascii("hello"))).isNotEqualTo(codec.encode(ascii("hello")));
    }

    @Test
    void keyOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FernetCodec(
                        SecretBytes.of(new byte[31]), InstantSource.fixed(SPEC_TIME), new SecureRandom()))
                .withMessageContaining("31");
    }
}
