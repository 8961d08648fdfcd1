package dev.dsync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Chunker} promises. Subclasses say which one; a few of its largest chunks must fit in memory. */
public abstract class ChunkerContract {

    /** A new chunker, always with the same cuts. */
    protected abstract Chunker chunker();

    /** Cuts all of {@code content}, seeing as much as a reader shows. */
    static List<Integer> lengths(Chunker chunker, byte[] content) {
        List<Integer> lengths = new ArrayList<>();
        int at = 0;
        while (at < content.length) {
            int seen = Math.min(chunker.maxChunkSize(), content.length - at);
            int length = chunker.cut(ByteBuffer.wrap(content, at, seen));
            lengths.add(length);
            at += length;
        }
        return lengths;
    }

    private byte[] content(long seed) {
        return PinnedBytes.of(seed, 3 * chunker().maxChunkSize() + 17);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void chunksAreWithinBoundsAndTogetherTheFile(long seed) {
        byte[] content = content(seed);

        List<Integer> lengths = lengths(chunker(), content);

        assertThat(lengths)
                .allMatch(length -> length >= 1 && length <= chunker().maxChunkSize());
        assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(content.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sameContentHasTheSameCutsInAnotherChunker(long seed) {
        assertThat(lengths(chunker(), content(seed))).isEqualTo(lengths(chunker(), content(seed)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void cutDoesNotDependOnWhatFollowsTheLargestChunk(long seed) {
        byte[] content = content(seed);
        int max = chunker().maxChunkSize();
        int cut = chunker().cut(ByteBuffer.wrap(content, 0, max));

        assertThat(chunker().cut(ByteBuffer.wrap(content))).isEqualTo(cut);
        Arrays.fill(content, max, content.length, (byte) 7);
        assertThat(chunker().cut(ByteBuffer.wrap(content))).isEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void cutDoesNotDependOnWhatLiesBeforeTheWindow(long seed) {
        byte[] content = content(seed);
        int start = 1001;
        int cut = chunker().cut(ByteBuffer.wrap(Arrays.copyOfRange(content, start, content.length)));

        assertThat(chunker().cut(ByteBuffer.wrap(content, start, content.length - start)))
                .isEqualTo(cut);
        Arrays.fill(content, 0, start, (byte) 7);
        assertThat(chunker().cut(ByteBuffer.wrap(content, start, content.length - start)))
                .isEqualTo(cut);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyKindOfBufferIsCutAlikeAndLeftAsItWas(long seed) {
        byte[] content = content(seed);
        int start = 333;
        int cut = chunker().cut(ByteBuffer.wrap(content, start, content.length - start));
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content);
        List<ByteBuffer> windows = List.of(
                direct.position(start),
                ByteBuffer.wrap(content).asReadOnlyBuffer().position(start),
                ByteBuffer.wrap(content, 3, content.length - 3).slice().position(start - 3));

        for (ByteBuffer window : windows) {
            int position = window.position();
            int limit = window.limit();
            assertThat(chunker().cut(window)).as("cut of %s", window).isEqualTo(cut);
            assertThat(window.position()).isEqualTo(position);
            assertThat(window.limit()).isEqualTo(limit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100, 101})
    void shortEndOfFileIsCutWithinItself(int length) {
        byte[] content = PinnedBytes.of(4, length);

        assertThat(lengths(chunker(), content).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(length);
    }

    @Test
    void contentWithoutAnyVariationIsCutWithinBounds() {
        byte[] zeros = new byte[2 * chunker().maxChunkSize() + 1];

        assertThat(lengths(chunker(), zeros))
                .allMatch(length -> length >= 1 && length <= chunker().maxChunkSize());
    }

    @Test
    void emptyWindowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> chunker().cut(ByteBuffer.allocate(0)));
    }
}
