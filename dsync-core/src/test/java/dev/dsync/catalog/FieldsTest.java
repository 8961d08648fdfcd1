package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "300, ac02",
        "16384, 808001",
        "9223372036854775807, ffffffffffffffff7f",
        "-1, ffffffffffffffffff01"
    })
    void numbersHaveTheirLowestSevenBitsFirst(long value, String bytes) throws IOException {
        FieldWriter out = new FieldWriter();
        out.varint(value);
        assertThat(HEX.formatHex(out.toArray())).isEqualTo(bytes);
        assertThat(reader(bytes).varint()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "-1, 01",
        "1, 02",
        "-2, 03",
        "9223372036854775807, feffffffffffffffff01",
        "-9223372036854775808, ffffffffffffffffff01"
    })
    void signedNumbersAreShortNearZero(long value, String bytes) throws IOException {
        FieldWriter out = new FieldWriter();
        out.signed(value);
        assertThat(HEX.formatHex(out.toArray())).isEqualTo(bytes);
        assertThat(reader(bytes).signed()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "ffffffffffffffffff",
                "8000",
                "ff00",
                "ffffffffffffffffff02",
                "ffffffffffffffffff8101",
                "8080808080808080808000"
            })
    void numbersHaveOneFormOnly(String bytes) {
        assertMalformed(() -> reader(bytes).varint());
    }

    @Test
    void countsBeyondWhatIsThereAreRefused() {
        assertMalformed(() -> reader("ffffffff0f").count(Integer.MAX_VALUE));
        assertMalformed(() -> reader("ffffffffffffffffff01").count(Integer.MAX_VALUE));
        assertMalformed(() -> reader("ffffffffffffffffff01").natural());
        assertMalformed(() -> reader("00").count(-1));
        assertMalformed(() -> reader("05aabbccdd").block());
        assertMalformed(() -> reader("03aabbccdd").countOf(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z", "1969-12-31T23:59:59.5Z"
            })
    void timesComeBackToTheNanosecond(String text) throws IOException {
        FieldWriter out = new FieldWriter();
        out.time(Instant.parse(text));
        assertThat(new FieldReader("a test", out.toArray()).time()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffffffffff01" + "00", "feffffffffffffffff01" + "00", "00" + "8094ebdc03"})
    void timesThatJavaCannotTellAreRefused(String bytes) {
        assertMalformed(() -> reader(bytes).time());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "é€😀", "\u0000", "\uffff"})
    void textsComeBack(String text) throws IOException {
        FieldWriter out = new FieldWriter();
        out.text(text);
        assertThat(new FieldReader("a test", out.toArray()).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud83d", "a\ude00", "\ude00\ud83d"})
    void halfSurrogatePairsAreRefusedAndNeverBecomeQuestionMarks(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new FieldWriter().text(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01ff", "01c3", "02c080", "03eda080", "04f4908080"})
    void whatIsNotUtf8IsRefused(String bytes) {
        assertMalformed(() -> reader(bytes).text());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyFieldsInAnyOrderComeBack(long seed) throws IOException {
        Random kinds = new Random(seed);
        Random values = new Random(~seed);
        FieldWriter out = new FieldWriter();
        for (int i = 0; i < 2_000; i++) {
            write(out, kinds.nextInt(4), values);
        }
        kinds.setSeed(seed);
        values.setSeed(~seed);
        FieldReader in = new FieldReader("a test", out.toArray());
        for (int i = 0; i < 2_000; i++) {
            requireSame(in, kinds.nextInt(4), values);
        }
        in.end();
    }

    private static void write(FieldWriter out, int kind, Random values) {
        switch (kind) {
            case 0 -> out.varint(values.nextLong() >>> values.nextInt(64));
            case 1 -> out.signed(values.nextLong() >> values.nextInt(64));
            case 2 -> out.u8(values.nextInt(256));
            default -> out.text("x".repeat(values.nextInt(300)));
        }
    }

    private static void requireSame(FieldReader in, int kind, Random values) throws IOException {
        switch (kind) {
            case 0 -> assertThat(in.varint()).isEqualTo(values.nextLong() >>> values.nextInt(64));
            case 1 -> assertThat(in.signed()).isEqualTo(values.nextLong() >> values.nextInt(64));
            case 2 -> assertThat(in.u8()).isEqualTo(values.nextInt(256));
            default -> assertThat(in.text()).hasSize(values.nextInt(300));
        }
    }

    @Test
    void whatIsLeftOverIsRefused() {
        assertMalformed(() -> {
            FieldReader in = new FieldReader("a test", "ab".getBytes(StandardCharsets.US_ASCII));
            in.u8();
            in.end();
        });
    }

    private static FieldReader reader(String hex) {
        return new FieldReader("a test", HEX.parseHex(hex));
    }

    private static void assertMalformed(ThrowingCallable reading) {
        assertThatExceptionOfType(MalformedCatalogException.class)
                .isThrownBy(reading)
                .withMessageStartingWith("a test is malformed near byte ");
    }
}
