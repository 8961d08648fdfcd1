package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecsTest {

    private final Codecs codecs = new Codecs();

    @ParameterizedTest
    @CsvSource({"0,RAW", "1,ZSTD", "2,ZLIB"})
    void storedIdsNeverChange(int stored, CodecId id) throws CorruptChunkException {
        assertThat(codecs.byId(stored).id()).isEqualTo(id);
        assertThat(id.stored()).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4, 255})
    void anyOtherIdIsNamedInTheFailure(int stored) {
        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codecs.byId(stored))
                .withMessageContaining(String.valueOf(stored));
    }

    @Test
    void fernetHasAnIdForTheClassicLayout() throws CorruptChunkException {
        assertThat(CodecId.of(3)).isEqualTo(CodecId.FERNET);
    }

    @ParameterizedTest
    @EnumSource(value = CodecId.class, mode = EnumSource.Mode.EXCLUDE, names = "FERNET")
    void encodedChunkIsDecodedByItsOwnCodec(CodecId id) throws CorruptChunkException {
        ByteBuffer plain = ByteBuffer.wrap(CodecContract.content(1, 5000));
        ByteBuffer encoded = codecs.byId(id.stored()).encode(plain);
        try (EncodedChunk chunk = new EncodedChunk(ChunkId.of(new byte[32]), id, 5000, encoded, Lease.none())) {
            assertThat(codecs.decode(chunk)).isEqualTo(plain);
        }
    }
}
