package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ZlibCodecTest extends CodecContract {

    @Override
    protected Codec codec() {
        return new ZlibCodec(ZlibCodec.DEFAULT_LEVEL);
    }

    /** Written by Python: {@code zlib.compress(b"hello")}. */
    @Test
    void readsWhatTheOriginalProgramWrites() throws CorruptChunkException {
        byte[] stream = HexFormat.of().parseHex("789ccb48cdc9c907" + "00062c0215");

        assertThat(codec().decode(ByteBuffer.wrap(stream), 5)).isEqualTo(ByteBuffer.wrap("hello".getBytes()));
    }

    @Test
    void neverInflatesBeyondTheRecordedSize() {
        ByteBuffer bomb = codec().encode(ByteBuffer.wrap(new byte[64 << 20]));

        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec().decode(bomb, 1000))
                .withMessageContaining("1000");
    }

    @Test
    void sizeThatTheStreamCouldNeverHoldIsNotAllocated() {
        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec().decode(ByteBuffer.allocate(100), Integer.MAX_VALUE))
                .withMessageContaining("cannot hold");
    }

    @Test
    void emptyPlainContentIsCheckedToo() {
        ByteBuffer encoded = codec().encode(ByteBuffer.wrap(new byte[10]));

        assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> codec().decode(encoded, 0));
    }

    @Test
    void unknownLevelsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ZlibCodec(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ZlibCodec(10));
    }
}
