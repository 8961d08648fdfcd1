package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.chunk.PinnedBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Codec} promises. Subclasses say which one. */
public abstract class CodecContract {

    private Codec codec;

    /** A codec; two of them decode what the other encoded. */
    protected abstract Codec codec();

    @BeforeEach
    void makeCodec() {
        codec = codec();
    }

    /** Half text-like, half random: neither hopeless nor easy. */
    static byte[] content(long seed, int length) {
        byte[] content = PinnedBytes.of(seed, length);
        for (int i = 0; i < length / 2; i++) {
            content[i] = (byte) ('a' + (content[i] & 3));
        }
        return content;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 15, 16, 17, 255, 1000, 65_535, 65_536, 65_537, 1 << 20, 4 << 20})
    void whatWasEncodedIsDecodedByAnotherOfItsKind(int length) throws CorruptChunkException {
        byte[] plain = content(length, length);

        ByteBuffer encoded = codec.encode(ByteBuffer.wrap(plain));

        assertThat(bytes(codec().decode(encoded, length))).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void randomSizesComeBack(long seed) throws CorruptChunkException {
        byte[] plain = content(seed, new Random(seed).nextInt(300_000));

        assertThat(bytes(codec.decode(codec.encode(ByteBuffer.wrap(plain)), plain.length)))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000})
    void everyKindOfBufferWorksBothWaysAndStaysAsItWas(int length) throws CorruptChunkException {
        byte[] plain = content(3, length);
        byte[] encoded = bytes(codec.encode(ByteBuffer.wrap(plain)));

        for (ByteBuffer input : kindsOf(plain)) {
            ByteBuffer result = unmoved(input, () -> codec.encode(input));
            assertThat(bytes(codec.decode(result, length))).as("from %s", input).isEqualTo(plain);
        }
        for (ByteBuffer input : kindsOf(encoded)) {
            ByteBuffer result = unmoved(input, () -> codec.decode(input, length));
            assertThat(bytes(result)).as("from %s", input).isEqualTo(plain);
        }
    }

    private static List<ByteBuffer> kindsOf(byte[] content) {
        ByteBuffer padded = ByteBuffer.allocate(content.length + 9).put(5, content);
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length + 9).put(5, content);
        List<ByteBuffer> kinds = new ArrayList<>();
        for (ByteBuffer buffer : List.of(padded, padded.asReadOnlyBuffer(), direct, direct.asReadOnlyBuffer())) {
            kinds.add(buffer.position(5).limit(5 + content.length));
        }
        kinds.add(padded.slice(5, content.length));
        return kinds;
    }

    private interface Step {
        ByteBuffer run() throws CorruptChunkException;
    }

    private static ByteBuffer unmoved(ByteBuffer input, Step step) throws CorruptChunkException {
        int position = input.position();
        int limit = input.limit();
        byte[] before = bytes(input);
        ByteBuffer result = step.run();
        assertThat(List.of(input.position(), input.limit())).containsExactly(position, limit);
        assertThat(bytes(input)).isEqualTo(before);
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 100_000})
    void anyOtherPlainLengthIsCorrupt(int length) {
        ByteBuffer encoded = codec.encode(ByteBuffer.wrap(content(4, length)));

        for (int wrong : new int[] {-1, length - 1, length + 1, length / 2 - 1, 2 * length + 1, 1 << 30}) {
            assertThatExceptionOfType(CorruptChunkException.class)
                    .as("as %d bytes", wrong)
                    .isThrownBy(() -> codec.decode(encoded, wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 700})
    void everyTruncationIsCorrupt(int length) {
        byte[] encoded = bytes(codec.encode(ByteBuffer.wrap(content(5, length))));

        for (int kept = 0; kept < encoded.length; kept++) {
            ByteBuffer truncated = ByteBuffer.wrap(encoded, 0, kept);
            assertThatExceptionOfType(CorruptChunkException.class)
                    .as("first %d of %d bytes", kept, encoded.length)
                    .isThrownBy(() -> codec.decode(truncated, length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 700})
    void somethingBehindTheEndIsCorrupt(int length) {
        byte[] encoded = bytes(codec.encode(ByteBuffer.wrap(content(6, length))));

        ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(encoded, encoded.length + 1));

        assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> codec.decode(longer, length));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void damageIsFoundOrAtLeastKeepsTheLength(long seed) {
        Random random = new Random(seed);
        byte[] plain = content(seed, random.nextInt(3000));
        byte[] encoded = bytes(codec.encode(ByteBuffer.wrap(plain)));

        for (int i = 0; i < 500 && encoded.length > 0; i++) {
            byte[] damaged = encoded.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ByteBuffer decoded = codec.decode(ByteBuffer.wrap(damaged), plain.length);
                assertThat(decoded.remaining()).as("round %d", i).isEqualTo(plain.length);
            } catch (CorruptChunkException found) {
                assertThat(found).hasMessageMatching("(?s).+");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noiseNeverBecomesContentOfAnotherLength(long seed) {
        byte[] noise = PinnedBytes.of(seed, 100);
        int wanted = 101;

        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec.decode(ByteBuffer.wrap(noise), wanted));
    }

    @Test
    void manyThreadsShareIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> works = new ArrayList<>();
            for (int worker = 0; worker < 4; worker++) {
                int seed = worker;
                works.add(() -> roundTrips(seed));
            }
            for (Future<Boolean> work : threads.invokeAll(works)) {
                assertThat(work.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean roundTrips(int seed) throws CorruptChunkException {
        Random random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            byte[] plain = content(random.nextLong(), random.nextInt(50_000));
            ByteBuffer decoded = codec.decode(codec.encode(ByteBuffer.wrap(plain)), plain.length);
            if (!decoded.equals(ByteBuffer.wrap(plain))) {
                return false;
            }
        }
        return true;
    }
}
