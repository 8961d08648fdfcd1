package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Chunk;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.chunk.PinnedBytes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CompressionTest {

    private static final ChunkId ID = ChunkId.of(PinnedBytes.of(1, ChunkId.BYTES));

    private final ByteBudget budget = new ByteBudget(ByteBudget.DEFAULT_BYTES, 0);

    private EncodedChunk encode(Compression compression, byte[] plain) throws InterruptedException {
        return compression.encode(ID, new Chunk(0, ByteBuffer.wrap(plain), budget.acquire(plain.length)));
    }

    private void assertComesBack(EncodedChunk chunk, byte[] plain) throws CorruptChunkException {
        assertThat(chunk.id()).isEqualTo(ID);
        assertThat(chunk.rawSize()).isEqualTo(plain.length);
        assertThat(new Codecs().decode(chunk)).isEqualTo(ByteBuffer.wrap(plain));
        assertThat(budget.used()).as("bytes on lease").isEqualTo(chunk.encodedSize());
        chunk.close();
        assertThat(budget.used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 65_536, 65_537, 1 << 20})
    void textIsCompressedAndHoldsOnlyWhatItStillNeeds(int size) throws Exception {
        byte[] text = "All work and no play makes Jack a dull boy. "
                .repeat(size / 44 + 1)
                .substring(0, size)
                .getBytes();

        EncodedChunk chunk = encode(Compression.standard(), text);

        assertThat(chunk.codec()).isEqualTo(CodecId.ZSTD);
        assertThat(chunk.encodedSize()).isLessThan(size);
        assertComesBack(chunk, text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 65_536, 65_537, 1 << 20, 4 << 20})
    void randomContentStaysRaw(int size) throws Exception {
        byte[] random = PinnedBytes.of(size, size);

        EncodedChunk chunk = encode(Compression.standard(), random);

        assertThat(chunk.codec()).isEqualTo(CodecId.RAW);
        assertComesBack(chunk, random);
    }

    /** Single bytes are as even as can be: only a trial shows that it shrinks. */
    @Test
    void contentWithEvenBytesThatRepeatsItselfIsCompressed() throws Exception {
        byte[] content = new byte[1 << 20];
        byte[] pattern = PinnedBytes.of(3, 1000);
        for (int at = 0; at < content.length; at += pattern.length) {
            System.arraycopy(pattern, 0, content, at, Math.min(pattern.length, content.length - at));
        }

        EncodedChunk chunk = encode(Compression.standard(), content);

        assertThat(chunk.codec()).isEqualTo(CodecId.ZSTD);
        assertComesBack(chunk, content);
    }

    @Test
    void contentThatIsRandomButForAQuarterIsCompressed() throws Exception {
        byte[] content = PinnedBytes.of(4, 1 << 20);
        Arrays.fill(content, 300_000, 300_000 + (256 << 10), (byte) 'x');

        EncodedChunk chunk = encode(Compression.standard(), content);

        assertThat(chunk.codec()).isEqualTo(CodecId.ZSTD);
        assertComesBack(chunk, content);
    }

    @Test
    void settingsChooseTheCodec() throws Exception {
        byte[] zeros = new byte[100_000];

        try (EncodedChunk zlib = encode(Compression.zlib(6), zeros);
                EncodedChunk zstd = encode(Compression.zstd(1), zeros);
                EncodedChunk raw = encode(Compression.none(), zeros)) {
            assertThat(zlib.codec()).isEqualTo(CodecId.ZLIB);
            assertThat(zstd.codec()).isEqualTo(CodecId.ZSTD);
            assertThat(raw.codec()).isEqualTo(CodecId.RAW);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.zstd(20));
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.zlib(0));
    }

    @Test
    void chunkIsOverOnceEncoded() throws Exception {
        Chunk chunk = new Chunk(0, ByteBuffer.wrap(new byte[1000]), budget.acquire(1000));

        EncodedChunk encoded = Compression.standard().encode(ID, chunk);
        chunk.close();

        assertThatIllegalStateException().isThrownBy(chunk::bytes);
        assertThat(budget.used()).isEqualTo(encoded.encodedSize());
        encoded.close();
    }

    @Test
    void memoryCountedElsewhereMayBeEncodedToo() throws Exception {
        byte[] plain = new byte[1000];

        EncodedChunk encoded = Compression.standard().encode(ID, ByteBuffer.wrap(plain), Lease.none());

        assertThat(new Codecs().decode(encoded)).isEqualTo(ByteBuffer.wrap(plain));
    }
}
