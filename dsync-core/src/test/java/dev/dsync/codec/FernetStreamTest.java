package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.key.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens made and opened piece by piece, held against the codec and the vectors of the specification. */
class FernetStreamTest {

    private static final String SPEC_KEY = "cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=";
    private static final String SPEC_TOKEN =
            "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
    private static final Instant SPEC_TIME = Instant.parse("1985-10-26T08:20:00Z");

    private static final class Counting extends Random {
        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
        }
    }

    private static FernetCodec codec(Random random) {
        try (SecretBytes secret = SecretBytes.of(Base64.getUrlDecoder().decode(SPEC_KEY))) {
            return new FernetCodec(secret, InstantSource.fixed(SPEC_TIME), random);
        }
    }

    private final FernetCodec codec = codec(new SecureRandom());

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sealed(FernetCodec codec, byte[] plain, int piece) throws IOException {
        ByteArrayOutputStream token = new ByteArrayOutputStream();
        try (OutputStream out = codec.sealing(token)) {
            for (int at = 0; at < plain.length; at += piece) {
                out.write(plain, at, Math.min(piece, plain.length - at));
            }
        }
        return token.toByteArray();
    }

    private byte[] opened(byte[] token, int piece) throws IOException {
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        FernetIntake intake = codec.intake(binary);
        for (int at = 0; at < token.length; at += piece) {
            intake.take(ByteBuffer.wrap(token, at, Math.min(piece, token.length - at)));
        }
        intake.verify();
        return codec.opening(new ByteArrayInputStream(binary.toByteArray())).readAllBytes();
    }

    @Test
    void generatesTheTokenOfTheSpecification() throws IOException {
        assertThat(sealed(codec(new Counting()), ascii("hello"), 2)).isEqualTo(ascii(SPEC_TOKEN));
    }

    @Test
    void opensTheTokenOfTheSpecification() throws IOException {
        assertThat(opened(ascii(SPEC_TOKEN), 7)).isEqualTo(ascii("hello"));
    }

    @ParameterizedTest
    @CsvSource({
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==, verify",
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==, length",
        "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==, base64",
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm, length",
        "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==, padding",
        "gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==, padding",
    })
    void refusesTheInvalidTokensOfTheSpecification(String token, String reason) {
        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> opened(ascii(token), 10))
                .withMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 47, 48, 49, 65_535, 65_536, 65_537, 400_000})
    void contentOfAnyLengthComesBackAndIsWhatTheCodecTakes(int length) throws IOException {
        byte[] plain = new byte[length];
        new Random(length).nextBytes(plain);
        byte[] token = sealed(codec, plain, 8191);
        assertThat(codec.decode(ByteBuffer.wrap(token), length)).isEqualTo(ByteBuffer.wrap(plain));
        assertThat(opened(token, 4093)).isEqualTo(plain);
        byte[] whole = new byte[token.length];
        codec.encode(ByteBuffer.wrap(plain)).get(whole);
        assertThat(opened(whole, whole.length)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyFlippedBitIsFoundBeforeTheEndIsReached(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] plain = new byte[200_000];
        random.nextBytes(plain);
        byte[] token = sealed(codec, plain, 10_000);
        for (int i = 0; i < 20; i++) {
            byte[] damaged = token.clone();
            int at = random.nextInt(damaged.length - 4);
            damaged[at] = (byte) (damaged[at] == 'A' ? 'B' : 'A');
            assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> opened(damaged, 65_536));
        }
    }

    @Test
    void tokenThatIsCutShortOrFollowedBySomethingIsRefused() throws IOException {
        byte[] token = sealed(codec, new byte[100_000], 100_000);
        for (int missing : new int[] {1, 2, 3, 4, 64, 50_000}) {
            byte[] cut = java.util.Arrays.copyOf(token, token.length - missing);
            assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> opened(cut, 1000));
        }
        byte[] longer = java.util.Arrays.copyOf(token, token.length + 4);
        java.util.Arrays.fill(longer, token.length, longer.length, (byte) 'A');
        assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> opened(longer, 1000));
    }
}
