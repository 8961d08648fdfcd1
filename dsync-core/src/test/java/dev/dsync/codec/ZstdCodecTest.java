package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class ZstdCodecTest extends CodecContract {

    @Override
    protected Codec codec() {
        return new ZstdCodec(ZstdCodec.DEFAULT_LEVEL);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A frame by hand, after RFC 8878: one raw block with the five letters. */
    @Test
    void readsAFrameMadeByHand() throws CorruptChunkException {
        byte[] frame = hex("28b52ffd" + "20" + "05" + "290000" + "68656c6c6f");

        assertThat(codec().decode(ByteBuffer.wrap(frame), 5)).isEqualTo(ByteBuffer.wrap("hello".getBytes()));
    }

    /** Header: content size in eight bytes, 2<sup>31</sup> - 1; then one block of five bytes. */
    @Test
    void giantClaimIsNotAllocatedEvenIfTheRecordAgrees() {
        byte[] frame = hex("28b52ffd" + "e0" + "ffffff7f00000000" + "290000" + "68656c6c6f");

        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec().decode(ByteBuffer.wrap(frame), Integer.MAX_VALUE))
                .withMessageContaining("cannot hold");
    }

    @Test
    void giantClaimAgainstASmallRecordIsCorrupt() {
        byte[] frame = hex("28b52ffd" + "e0" + "00000000ffffff7f" + "290000" + "68656c6c6f");

        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec().decode(ByteBuffer.wrap(frame), 5))
                .withMessageContaining("wanted 5");
    }

    @Test
    void neverInflatesBeyondTheRecordedSize() {
        ByteBuffer bomb = codec().encode(ByteBuffer.wrap(new byte[64 << 20]));

        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec().decode(bomb, 1000))
                .withMessageContaining("states 67108864");
    }

    @Test
    void whatCameBeforeLeavesNoTrace() throws CorruptChunkException {
        ByteBuffer plain = ByteBuffer.wrap("one, two, three, four, one, two, three, four".getBytes());
        Codec used = codec();
        used.encode(ByteBuffer.wrap(new byte[4 << 20]));
        ByteBuffer damaged = used.encode(plain);
        damaged.put(damaged.limit() - 3, (byte) ~damaged.get(damaged.limit() - 3));
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(CorruptChunkException.class)
                    .isThrownBy(() -> used.decode(damaged, plain.remaining()));
            assertThat(used.encode(plain)).isEqualTo(codec().encode(plain));
            assertThat(used.decode(used.encode(plain), plain.remaining())).isEqualTo(plain);
        }
    }

    @Test
    void frameThatStatesNoSizeIsRefused() {
        byte[] frame;
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            frame = context.setContentSize(false).compress(new byte[1000]);
        }

        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codec().decode(ByteBuffer.wrap(frame), 1000))
                .withMessageContaining("states no size");
    }

    @Test
    void secondFrameBehindTheFirstIsCorrupt() {
        ByteBuffer frame = codec().encode(ByteBuffer.wrap(new byte[1000]));
        ByteBuffer twice = ByteBuffer.allocate(2 * frame.remaining())
                .put(frame.duplicate())
                .put(frame)
                .flip();

        for (int length : new int[] {1000, 2000}) {
            assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> codec().decode(twice, length));
        }
    }

    /** RFC 8878, 3.1.2: other decoders skip such frames in silence. */
    @Test
    void skippableFrameBehindTheFirstIsCorrupt() {
        ByteBuffer frame = codec().encode(ByteBuffer.wrap(new byte[1000]));
        byte[] skippable = hex("502a4d18" + "00000000");
        ByteBuffer both = ByteBuffer.allocate(frame.remaining() + skippable.length)
                .put(frame)
                .put(skippable)
                .flip();

        assertThatExceptionOfType(CorruptChunkException.class).isThrownBy(() -> codec().decode(both, 1000));
    }

    @Test
    void unknownLevelsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ZstdCodec(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ZstdCodec(20));
    }
}
