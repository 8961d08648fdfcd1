package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.chunk.PinnedBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProbeTest {

    private final Probe probe = new Probe();

    @ParameterizedTest
    @ValueSource(ints = {65_537, 100_000, 1 << 20, 4 << 20})
    void randomContentIsNotWorthATry(int size) {
        ByteBuffer window = ByteBuffer.allocateDirect(size + 7).put(7, PinnedBytes.of(size, size));

        assertThat(probe.isPromising(window.position(7))).isFalse();
        assertThat(window.position()).isEqualTo(7);
    }

    @Test
    void evenBytesThatRepeatThemselvesAreWorthATry() {
        byte[] even = new byte[100_000];
        for (int i = 0; i < even.length; i++) {
            even[i] = (byte) i;
        }

        assertThat(probe.isPromising(ByteBuffer.wrap(even))).isTrue();
    }

    @Test
    void aCompressibleStretchAtEitherEndIsSeen() {
        byte[] content = PinnedBytes.of(2, 1 << 20);
        Arrays.fill(content, 0, 64 << 10, (byte) 0);
        assertThat(probe.isPromising(ByteBuffer.wrap(content))).isTrue();

        byte[] other = PinnedBytes.of(2, 1 << 20);
        Arrays.fill(other, other.length - (64 << 10), other.length, (byte) 0);
        assertThat(probe.isPromising(ByteBuffer.wrap(other))).isTrue();
    }

    @Test
    void smallChunksAreTriedWithoutAProbeAndEmptyOnesNotAtAll() {
        assertThat(probe.isPromising(ByteBuffer.wrap(PinnedBytes.of(3, 65_536))))
                .isTrue();
        assertThat(probe.isPromising(ByteBuffer.allocate(0))).isFalse();
    }
}
