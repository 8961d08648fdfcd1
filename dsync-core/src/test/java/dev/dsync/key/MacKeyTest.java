package dev.dsync.key;

import static dev.dsync.key.Fixtures.ascii;
import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MacKeyTest {

    /** RFC 4231, section 4, test cases 1 to 7 for HMAC-SHA-256; the fifth is cut to 16 bytes there. */
    static Stream<Arguments> rfc4231() {
        return Stream.of(
                Arguments.of(
                        hex("0b".repeat(20)),
                        ascii("Hi There"),
                        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
                Arguments.of(
                        ascii("Jefe"),
                        ascii("what do ya want for nothing?"),
                        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
                Arguments.of(
                        hex("aa".repeat(20)),
                        hex("dd".repeat(50)),
                        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
                Arguments.of(
                        counting(1, 25),
                        hex("cd".repeat(50)),
                        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
                Arguments.of(hex("0c".repeat(20)), ascii("Test With Truncation"), "a3b6167473100ee06e0c796c2955552b"),
                Arguments.of(
                        hex("aa".repeat(131)),
                        ascii("Test Using Larger Than Block-Size Key - Hash Key First"),
                        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
                Arguments.of(
                        hex("aa".repeat(131)),
                        ascii("This is a test using a larger than block-size key and a larger than block-size data. "
                                + "The key needs to be hashed before being used by the HMAC algorithm."),
                        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));
    }

    @ParameterizedTest
    @MethodSource("rfc4231")
    void agreesWithRfc4231(byte[] key, byte[] content, String digits) {
        byte[] mac = new MacKey(SecretBytes.of(key)).mac(content, 0, content.length);

        assertThat(HexFormat.of().formatHex(mac)).hasSize(64).startsWith(digits);
    }

    @Test
    void allWaysToHandOverBytesGiveTheSame() {
        MacKey key = new MacKey(SecretBytes.of(counting(0, 32)));
        byte[] content = counting(3, 200);
        byte[] part = Arrays.copyOfRange(content, 10, 110);
        ByteBuffer direct = ByteBuffer.allocateDirect(100).put(part).flip();
        byte[] expected = key.mac(part, 0, 100);

        assertThat(key.mac(content, 10, 100)).isEqualTo(expected);
        assertThat(key.mac(direct)).isEqualTo(expected);
        assertThat(key.mac(ByteBuffer.wrap(part).asReadOnlyBuffer())).isEqualTo(expected);
        assertThat(direct.remaining()).as("position stays").isEqualTo(100);
    }

    @Test
    void staysGoodAfterItsSecretIsClosed() {
        SecretBytes secret = SecretBytes.of(counting(0, 32));
        MacKey key = new MacKey(secret);
        byte[] before = key.mac(new byte[1], 0, 1);
        secret.close();

        assertThat(key.mac(new byte[1], 0, 1)).isEqualTo(before);
    }

    @Test
    void manyThreadsGetTheSame() {
        MacKey key = new MacKey(SecretBytes.of(counting(0, 32)));
        byte[] content = counting(0, 10_000);

        Set<String> macs = IntStream.range(0, 2_000)
                .parallel()
                .mapToObj(i -> HexFormat.of().formatHex(key.mac(content, 0, content.length)))
                .collect(Collectors.toSet());

        assertThat(macs).hasSize(1);
    }
}
