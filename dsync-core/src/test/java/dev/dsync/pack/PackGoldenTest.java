package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.EncodedChunk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Format version 1 to the last byte. The files are described in the README beside them and never change. */
class PackGoldenTest {

    private static final int[] LENGTHS = {5, 0, 20_000};

    private enum Golden {
        DATA_SEALED("data-sealed.bin", PackKind.DATA, Suite.AES_256_GCM, 0x10, 24_576),
        DATA_PLAIN("data-plain.bin", PackKind.DATA, Suite.NONE, 0x20, 28_349),
        CATALOG_SEALED("catalog-sealed.bin", PackKind.CATALOG, Suite.AES_256_GCM, 0x30, 0);

        private final String file;
        private final PackKind kind;
        private final Suite suite;
        private final int salt;
        private final int fullSize;

        Golden(String file, PackKind kind, Suite suite, int salt, int fullSize) {
            this.file = file;
            this.kind = kind;
            this.suite = suite;
            this.salt = salt;
            this.fullSize = fullSize;
        }

        boolean isTail() {
            return fullSize == 0;
        }
    }

    @ParameterizedTest
    @EnumSource(Golden.class)
    void writesTheVeryBytesOfVersionOne(Golden golden) throws IOException {
        assertThat(TestPacks.bytes(make(golden))).isEqualTo(stored(golden));
    }

    @ParameterizedTest
    @EnumSource(Golden.class)
    void readsWhatVersionOneWrote(Golden golden) throws IOException {
        byte[] bytes = stored(golden);
        PackDirectory read = PackReader.readDirectory(TestPacks.KEYS, PackSource.of(ByteBuffer.wrap(bytes)));
        assertThat(read.kind()).isEqualTo(golden.kind);
        assertThat(read.suite()).isEqualTo(golden.suite);
        assertThat(read.id()).isEqualTo(PackId.of(counting(golden.salt, PackId.BYTES)));
        try (PackReader reader = new PackReader(TestPacks.KEYS, read.id(), read.kind(), read.suite())) {
            for (PackEntry entry : read.entries()) {
                assertThat(entry).isEqualTo(make(golden).entries().get(entry.index()));
                assertThat(reader.openChunk(entry, TestPacks.sealed(bytes, entry, read.suite())))
                        .isEqualTo(chunk(entry.index()).encoded());
            }
        }
    }

    private static SealedPack make(Golden golden) {
        int size = golden.isTail() ? 40_000 : golden.fullSize;
        PackWriter writer = new PackWriter(
                golden.kind,
                golden.suite,
                size,
                TestPacks.KEYS,
                TestPacks.budget(),
                new SaltFrom(golden.salt),
                PackWriter.SealProbe.NONE);
        for (int i = 0; i < LENGTHS.length; i++) {
            writer.add(chunk(i));
        }
        return golden.isTail() ? writer.finishTail() : writer.finish();
    }

    private static EncodedChunk chunk(int index) {
        CodecId codec = index == 0 ? CodecId.ZSTD : CodecId.RAW;
        int rawSize = index == 0 ? 300 : LENGTHS[index];
        ChunkId id = ChunkId.of(counting(0xa0 + index, ChunkId.BYTES));
        return new EncodedChunk(id, codec, rawSize, ByteBuffer.wrap(counting(index, LENGTHS[index])), Lease.none());
    }

    /** Bytes of which each is one more than the one before. */
    private static byte[] counting(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    private record SaltFrom(int first) implements RandomGenerator {
        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(counting(first, bytes.length), 0, bytes, 0, bytes.length);
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("a pack asks for its salt and nothing else");
        }
    }

    private static byte[] stored(Golden golden) throws IOException {
        try (InputStream file = Optional.ofNullable(PackGoldenTest.class.getResourceAsStream(golden.file))
                .orElseThrow(() -> new AssertionError(golden.file + " is missing"))) {
            return file.readAllBytes();
        }
    }
}
