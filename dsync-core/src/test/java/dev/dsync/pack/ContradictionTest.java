package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.EncodedChunk;
import dev.dsync.key.CommittedKey;
import dev.dsync.pack.DamagedPackException.Part;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broken program may have sealed with the right key: all seals hold, and what they hold contradicts itself. */
class ContradictionTest {

    private static final int SIZE = 5 << 20;
    private static final int END = SIZE - PackTrailer.BYTES;

    private final SealedPack pack = TestPacks.pack(Suite.AES_256_GCM, SIZE, 1, 5000, 6000);

    private byte[] withTrailer(PackTrailer trailer) {
        byte[] bytes = TestPacks.bytes(pack);
        try (CommittedKey key = TestPacks.KEYS.derive(Suite.AES_256_GCM, pack.id())) {
            new PackCipher(key, TestPacks.KEYS.vaultId(), pack.id(), PackKind.DATA)
                    .seal(SealedPart.trailer(), ByteBuffer.wrap(trailer.encode()), bytes, END);
        }
        return bytes;
    }

    private PackTrailer trailer(int earlier, int shorter, int chunks, int size) {
        int offset = pack.directory().chunksEnd();
        return new PackTrailer(offset - earlier, Slack.longestDirectory(END - offset) - shorter, chunks, size);
    }

    private Part noticed(PackTrailer trailer) {
        PackSource source = PackSource.of(ByteBuffer.wrap(withTrailer(trailer)));
        return catchThrowableOfType(DamagedPackException.class, () -> PackReader.readDirectory(TestPacks.KEYS, source))
                .part();
    }

    @Test
    void theTrailerAsItWasSealedIsRight() throws Exception {
        TestPacks.readAll(pack.directory(), withTrailer(trailer(0, 0, 2, SIZE)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 65_535})
    void trailerWithAnotherNumberOfChunksIsDamage(int chunks) {
        assertThat(noticed(trailer(0, 0, chunks, SIZE))).isEqualTo(Part.DIRECTORY);
    }

    @ParameterizedTest
    @ValueSource(ints = {SIZE - 1, SIZE + 1, 0, -1})
    void trailerWithAnotherSizeIsDamage(int size) {
        assertThat(noticed(trailer(0, 0, 2, size))).isEqualTo(Part.LENGTH);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "-1, 0", "0, 17", "0, -1", "-2000000000, 0", "2000000000, 0", "0, 2000000000", "0, -2000000000"
    })
    void trailerWhoseDirectoryDoesNotEndAtItIsDamage(int earlier, int shorter) {
        assertThat(noticed(trailer(earlier, shorter, 2, SIZE))).isIn(Part.TRAILER, Part.DIRECTORY);
    }

    @Test
    void directoryBeforeTheEndOfTheChunksIsDamageThoughItsSealHolds() {
        byte[] bytes = TestPacks.bytes(pack);
        int offset = pack.directory().chunksEnd() - 1;
        byte[] directory = Arrays.copyOf(PackDirectory.encode(pack.entries()), Slack.longestDirectory(END - offset));
        try (CommittedKey key = TestPacks.KEYS.derive(Suite.AES_256_GCM, pack.id())) {
            PackCipher cipher = new PackCipher(key, TestPacks.KEYS.vaultId(), pack.id(), PackKind.DATA);
            cipher.seal(SealedPart.directory(directory.length), ByteBuffer.wrap(directory), bytes, offset);
            PackTrailer trailer = new PackTrailer(offset, directory.length, 2, SIZE);
            cipher.seal(SealedPart.trailer(), ByteBuffer.wrap(trailer.encode()), bytes, END);
        }
        assertThatExceptionOfType(DamagedPackException.class)
                .isThrownBy(() -> TestPacks.readAll(pack.directory(), bytes))
                .withMessageContaining("its chunks end at byte");
    }

    @Test
    void plainBytesThatChangeWhileTheyAreSealedAreNoticed() {
        byte[] plain = TestPacks.noise(1, 10_000);
        EncodedChunk chunk = new EncodedChunk(
                ChunkId.of(new byte[ChunkId.BYTES]), CodecId.RAW, plain.length, ByteBuffer.wrap(plain), Lease.none());
        PackWriter writer = TestPacks.writer(Suite.AES_256_GCM, SIZE, 1, (bytes, offset, length) -> plain[9_999] ^= 1);
        assertThatExceptionOfType(FaultyMemoryException.class)
                .isThrownBy(() -> writer.add(chunk))
                .withMessageContaining("does not read back");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 1, 88",
        "65535, 1, 1, 88",
        "0, -1, 1, 88",
        "0, 4194305, 1, 88",
        "0, 1, -1, 88",
        "0, 1, 4194305, 88",
        "0, 1, 1, 87",
        "0, 1, 1, -1",
        "0, 1, 1, 2147483647"
    })
    void entryBeyondWhatAPackMayHoldIsNone(int index, int raw, int encoded, int offset) {
        ChunkId id = ChunkId.of(new byte[ChunkId.BYTES]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PackEntry(index, id, CodecId.RAW, raw, encoded, offset));
        assertThat(new PackEntry(0, id, CodecId.RAW, 4 << 20, 4 << 20, 88).index())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {(5 << 20) - 1, 0, -1, PackFormat.MAX_PACK_SIZE + 1})
    void packsOfAForbiddenSizeAreNotEvenBegun(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PackAssembler(
                        PackKind.DATA, Suite.NONE, size, TestPacks.KEYS, TestPacks.budget(), new Random(1)));
    }

    @Test
    void closedKeysOpenNothing() {
        PackKeys keys = TestPacks.keys(7);
        keys.close();
        for (Suite suite : Suite.values()) {
            assertThatThrownBy(() -> keys.derive(suite, pack.id())).isInstanceOf(IllegalStateException.class);
        }
    }
}
