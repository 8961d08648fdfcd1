package dev.dsync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

final class FixedSizeChunkerTest extends ChunkerContract {

    @Override
    protected Chunker chunker() {
        return new FixedSizeChunker(1000);
    }

    @Test
    void everyChunkButTheLastHasTheSize() {
        assertThat(lengths(chunker(), new byte[2500])).containsExactly(1000, 1000, 500);
    }

    @Test
    void sizeBelowOneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedSizeChunker(0));
    }
}
