package dev.dsync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dsync.key.MacKey;
import dev.dsync.key.SecretBytes;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ChunkTest {

    private final ByteBudget budget = new ByteBudget(100, 0);

    private Chunk chunk() throws InterruptedException {
        return new Chunk(7, ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3), budget.acquire(3));
    }

    @Test
    void bytesAreAViewWithAPositionOfItsOwn() throws InterruptedException {
        try (Chunk chunk = chunk()) {
            chunk.bytes().get();
            assertThat(chunk.bytes()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(chunk.length()).isEqualTo(3);
            assertThat(chunk.offset()).isEqualTo(7);
        }
    }

    @Test
    void closingGivesTheMemoryBackAndEndsIt() throws InterruptedException {
        Chunk chunk = chunk();
        chunk.close();
        chunk.close();

        assertThat(budget.used()).isZero();
        assertThatIllegalStateException().isThrownBy(chunk::bytes).withMessageContaining("3 bytes at 7");
        assertThatIllegalStateException().isThrownBy(chunk::handOver);
    }

    @Test
    void handedOverMemoryIsNotGivenBackByTheChunk() throws InterruptedException {
        Chunk chunk = chunk();
        Lease lease = chunk.handOver();
        chunk.close();

        assertThat(budget.used()).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(chunk::bytes);
        lease.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void offsetBeforeTheFileIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Chunk(-1, ByteBuffer.allocate(1), Lease.none()));
    }

    /** RFC 4231, test case 2. */
    @Test
    void nameIsTheHmacOfThePlainBytes() {
        ChunkNamer namer = new ChunkNamer(new MacKey(SecretBytes.of("Jefe".getBytes())));
        ByteBuffer plain =
                ByteBuffer.wrap("what do ya want for nothing?".getBytes()).asReadOnlyBuffer();

        assertThat(namer.name(plain))
                .isEqualTo(ChunkId.of(
                        HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")));
        assertThat(plain.position()).isZero();
    }
}
