package dev.dsync.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.chunk.Chunk;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CodecsTest {

    private final Codecs codecs = new Codecs();

    @ParameterizedTest
    @CsvSource({"0,RAW", "1,ZSTD", "2,ZLIB"})
    void storedIdsNeverChange(int stored, String name) throws CorruptChunkException {
        CodecId id = codecs.byId(stored).id();
        assertThat(id).hasToString(name).isSameAs(CodecId.of(stored));
        assertThat(id.stored()).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, 4, 127, 128, 255, 256})
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
    @ValueSource(ints = {0, 1, 2})
    void encodedChunkIsDecodedByItsOwnCodec(int stored) throws CorruptChunkException {
        CodecId id = CodecId.of(stored);
        ByteBuffer plain = ByteBuffer.wrap(CodecContract.content(1, 5000));
        ByteBuffer encoded = codecs.byId(id.stored()).encode(plain);
        try (EncodedChunk chunk = new EncodedChunk(ChunkId.of(new byte[32]), id, 5000, encoded, Lease.none())) {
            assertThat(codecs.decode(chunk)).isEqualTo(plain);
        }
    }

    @Test
    void codecOfAnApplicationIsKnownWhereItIsGiven() throws CorruptChunkException {
        Codec own = new InvertingCodec();
        assertThat(new Codecs(List.of(own)).byId(own.id().stored()).id()).isEqualTo(own.id());
        assertThatExceptionOfType(CorruptChunkException.class)
                .isThrownBy(() -> codecs.byId(own.id().stored()))
                .withMessageContaining("open the vault with that codec");
    }

    /** Chunks lie in arrays that are named, compared and sealed in place. */
    @Test
    void codecOfAnApplicationCannotChangeWhatItIsGiven() throws CorruptChunkException {
        List<ByteBuffer> given = new ArrayList<>();
        Codec curious = new Codec() {
            @Override
            public CodecId id() {
                return CodecId.ofApplication(128);
            }

            @Override
            public ByteBuffer encode(ByteBuffer plain) {
                given.add(plain);
                return ByteBuffer.allocate(1);
            }

            @Override
            public ByteBuffer decode(ByteBuffer encoded, int plainLength) {
                given.add(encoded);
                return ByteBuffer.allocate(plainLength);
            }
        };
        Chunk chunk = new Chunk(0, ByteBuffer.allocate(9), Lease.none());
        try (EncodedChunk encoded = Compression.with(curious).encode(ChunkId.of(new byte[32]), chunk)) {
            new Codecs(List.of(curious)).decode(encoded);
        }
        assertThat(given).hasSize(2).allMatch(ByteBuffer::isReadOnly);
    }

    @Test
    void applicationCannotTakeAnIdOfOursOrOneTwice() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Codecs(List.of(new RawCodec())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Codecs(List.of(new InvertingCodec(), new InvertingCodec())));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 127, 256})
    void idsOutsideTheirRangeAreNotForApplications(int number) {
        assertThatIllegalArgumentException().isThrownBy(() -> CodecId.ofApplication(number));
    }
}
