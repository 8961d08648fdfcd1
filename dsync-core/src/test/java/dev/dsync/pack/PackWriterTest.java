package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.EncodedChunk;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackWriterTest {

    private static final int SIZE = 40_000;

    @ParameterizedTest
    @EnumSource(Suite.class)
    void chunksComeBackAsTheyWere(Suite suite) throws Exception {
        int[] lengths = {0, 1, 8191, 8192, 8193, 100};
        SealedPack pack = TestPacks.pack(suite, SIZE, 1, lengths);
        try (PackReader reader = new PackReader(TestPacks.KEYS, pack.id(), pack.kind(), pack.suite())) {
            for (PackEntry entry : pack.entries()) {
                ByteBuffer sealed = TestPacks.sealed(TestPacks.bytes(pack), entry, suite);
                assertThat(reader.openChunk(entry, sealed))
                        .isEqualTo(TestPacks.chunk(entry.index(), lengths[entry.index()])
                                .encoded());
                assertThat(sealed.position()).isZero();
            }
        }
    }

    @Test
    void manyThreadsShareOneReader() {
        SealedPack pack = TestPacks.pack(
                Suite.AES_256_GCM,
                1 << 20,
                1,
                IntStream.generate(() -> 20_000).limit(50).toArray());
        try (PackReader reader = new PackReader(TestPacks.KEYS, pack.id(), pack.kind(), pack.suite())) {
            byte[] bytes = TestPacks.bytes(pack);
            assertThat(IntStream.range(0, 2000).parallel().allMatch(i -> {
                        PackEntry entry = pack.entries().get(i % 50);
                        return opened(reader, entry, bytes)
                                .equals(TestPacks.chunk(entry.index(), 20_000).encoded());
                    }))
                    .isTrue();
        }
    }

    @Test
    void fullPacksHaveExactlyTheirSizeWhateverIsInThem() throws Exception {
        for (int length = 0; length < 17_000; length += 7) {
            SealedPack pack = TestPacks.pack(Suite.NONE, 20_000, 1, length);
            assertThat(pack.size()).isEqualTo(20_000);
            assertThat(pack.bytes().remaining()).isEqualTo(20_000);
            TestPacks.readAll(pack.directory(), TestPacks.bytes(pack));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 1000, 5000, 12_345, 30_000})
    void theLastPackHasAPadmeSize(int length) throws Exception {
        PackWriter writer = TestPacks.writer(Suite.AES_256_GCM, SIZE, 1);
        writer.add(TestPacks.chunk(1, length));
        SealedPack pack = writer.finishTail();
        assertThat(pack.size()).isEqualTo(Padme.atLeast(pack.size())).isLessThan(SIZE);
        assertThat(pack.bytes().remaining()).isEqualTo(pack.size());
        TestPacks.readAll(pack.directory(), TestPacks.bytes(pack));
    }

    @Test
    void aPaddedTailNeverExceedsAFullPack() {
        PackWriter writer = TestPacks.writer(Suite.AES_256_GCM, SIZE, 1);
        writer.add(TestPacks.chunk(1, 39_000));
        assertThat(writer.finishTail().size()).isEqualTo(SIZE);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void whatFitsCanBeAddedToTheLastByte(Suite suite) {
        PackWriter writer = TestPacks.writer(suite, SIZE, 1);
        for (int length = 9000; length >= 0; length--) {
            if (writer.fits(length)) {
                writer.add(TestPacks.chunk(length, length));
            }
        }
        assertThat(writer.fits(0)).isFalse();
        assertThat(writer.finish().size()).isEqualTo(SIZE);
    }

    @Test
    void theLargestChunkFitsWhereItsCostIsJustTheRoom() {
        int size = PackFormat.MAX_CHUNK_BYTES;
        while (PackWriter.emptyRoom(size) < PackWriter.cost(Suite.AES_256_GCM, PackFormat.MAX_CHUNK_BYTES)) {
            size++;
        }
        PackWriter writer = TestPacks.writer(Suite.AES_256_GCM, size, 1);
        writer.add(TestPacks.chunk(1, PackFormat.MAX_CHUNK_BYTES));
        assertThat(writer.finish().size()).isEqualTo(size);
    }

    @Test
    void aPackTakesNoMoreThan65535Chunks() throws Exception {
        PackWriter writer = TestPacks.writer(Suite.NONE, 4 << 20, 1);
        EncodedChunk chunk = TestPacks.chunk(1, 1);
        for (int i = 0; i < PackFormat.MAX_CHUNKS; i++) {
            assertThat(writer.fits(1)).isTrue();
            writer.add(chunk);
        }
        assertThat(writer.fits(0)).isFalse();
        SealedPack pack = writer.finish();
        TestPacks.readAll(pack.directory(), TestPacks.bytes(pack));
    }

    @Test
    void noIndexIsUsedTwice() {
        List<SealedPart> sealed = new ArrayList<>();
        PackWriter writer = TestPacks.writer(Suite.AES_256_GCM, SIZE, 1);
        writer.add(TestPacks.chunk(1, 10));
        writer.add(TestPacks.chunk(1, 10));
        SealedPack pack = writer.finish();
        pack.entries().forEach(entry -> sealed.add(SealedPart.chunk(entry)));
        assertThat(sealed).extracting(SealedPart::index).containsExactly(0, 1);
        assertThat(TestPacks.sealed(TestPacks.bytes(pack), pack.entries().get(0), pack.suite()))
                .isNotEqualTo(
                        TestPacks.sealed(TestPacks.bytes(pack), pack.entries().get(1), pack.suite()));
        assertFailed(writer);
    }

    @Test
    void eachPackHasASaltOfItsOwn() {
        Random random = new Random(1);
        SealedPack first = new PackWriter(
                        PackKind.DATA,
                        Suite.NONE,
                        SIZE,
                        TestPacks.KEYS,
                        TestPacks.budget(),
                        random,
                        PackWriter.SealProbe.NONE)
                .finish();
        SealedPack second = new PackWriter(
                        PackKind.DATA,
                        Suite.NONE,
                        SIZE,
                        TestPacks.KEYS,
                        TestPacks.budget(),
                        random,
                        PackWriter.SealProbe.NONE)
                .finish();
        assertThat(first.id()).isNotEqualTo(second.id());
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void aBitThatFlipsInMemoryIsNoticedInChunks(Suite suite) {
        for (int at : new int[] {0, 5000, 9999}) {
            int flipped = PackFormat.HEADER_BYTES + at;
            PackWriter writer = TestPacks.writer(suite, SIZE, 1, (pack, offset, length) -> {
                if (offset <= flipped && flipped < offset + length) {
                    pack[flipped] ^= 1;
                }
            });
            assertThatThrownBy(() -> writer.add(TestPacks.chunk(1, 10_000)))
                    .isInstanceOf(FaultyMemoryException.class)
                    .hasMessageContaining("chunk 0");
            assertFailed(writer);
        }
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void packThatHoldsOtherBytesThanTheChunkHasIsNoticed(Suite suite) {
        for (int at : new int[] {0, 5000, 8192, 9999}) {
            byte[] content = new byte[10_000];
            EncodedChunk chunk = new EncodedChunk(
                    ChunkId.of(new byte[ChunkId.BYTES]),
                    CodecId.RAW,
                    content.length,
                    ByteBuffer.wrap(content),
                    Lease.none());
            PackWriter writer = TestPacks.writer(suite, SIZE, 1, (pack, offset, length) -> content[at] ^= 1);
            assertThatThrownBy(() -> writer.add(chunk))
                    .isInstanceOf(FaultyMemoryException.class)
                    .hasMessageContaining("chunk 0");
            assertFailed(writer);
        }
    }

    @Test
    void aBitThatFlipsInMemoryIsNoticedInHeaderDirectoryAndTrailer() {
        for (int at : new int[] {0, 30, 60, 88, 20_000, SIZE - 33, SIZE - 1}) {
            PackWriter writer = TestPacks.writer(Suite.NONE, SIZE, 1, (pack, offset, length) -> {
                if (offset + length == SIZE) {
                    pack[at] ^= 1;
                }
            });
            assertThatThrownBy(writer::finish).as("byte %d", at).isInstanceOf(FaultyMemoryException.class);
            assertFailed(writer);
        }
    }

    @Test
    void afterAnyFailureTheSaltIsNeverUsedAgain() {
        PackWriter broken = TestPacks.writer(Suite.AES_256_GCM, SIZE, 1, (pack, offset, length) -> {
            throw new IllegalStateException("the cipher broke");
        });
        assertThatThrownBy(() -> broken.add(TestPacks.chunk(1, 10))).hasMessage("the cipher broke");
        assertFailed(broken);

        PackWriter overfull = TestPacks.writer(Suite.AES_256_GCM, SIZE, 1);
        assertThatThrownBy(() -> overfull.add(TestPacks.chunk(1, SIZE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit");
        assertFailed(overfull);

        PackWriter misled = TestPacks.writer(Suite.AES_256_GCM, SIZE, 1);
        EncodedChunk token =
                new EncodedChunk(ChunkId.of(new byte[32]), CodecId.FERNET, 1, ByteBuffer.allocate(1), Lease.none());
        assertThatThrownBy(() -> misled.add(token)).hasMessageContaining("Fernet");
        assertFailed(misled);
    }

    @Test
    void withoutRandomnessThereIsNoPack() {
        Random broken = new Random() {
            @Override
            public void nextBytes(byte[] bytes) {
                throw new IllegalStateException("no entropy");
            }
        };
        assertThatThrownBy(() -> new PackWriter(
                        PackKind.DATA,
                        Suite.NONE,
                        SIZE,
                        TestPacks.KEYS,
                        TestPacks.budget(),
                        broken,
                        PackWriter.SealProbe.NONE))
                .hasMessage("no entropy");
    }

    @Test
    void theBytesOfAFinishedPackCannotBeChanged() {
        SealedPack pack = TestPacks.pack(Suite.NONE, SIZE, 1, 10);
        assertThatThrownBy(() -> pack.bytes().put(0, (byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
        pack.bytes().position(7);
        assertThat(pack.bytes().position()).isZero();
        pack.close();
        assertThatThrownBy(pack::bytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memoryIsCountedUntilThePackIsClosed() {
        ByteBudget budget = TestPacks.budget();
        PackWriter writer = new PackWriter(
                PackKind.DATA,
                Suite.AES_256_GCM,
                SIZE,
                TestPacks.KEYS,
                budget,
                new Random(1),
                PackWriter.SealProbe.NONE);
        writer.add(TestPacks.chunk(1, 10_000));
        assertThat(budget.used()).isBetween(10_000L, 10_100L);
        SealedPack pack = writer.finish();
        writer.close();
        assertThat(budget.used()).isBetween(10_000L, 10_100L);
        pack.close();
        assertThat(budget.used()).isZero();
    }

    private static ByteBuffer opened(PackReader reader, PackEntry entry, byte[] pack) {
        try {
            return reader.openChunk(entry, TestPacks.sealed(pack, entry, Suite.AES_256_GCM));
        } catch (DamagedPackException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertFailed(PackWriter writer) {
        assertThatThrownBy(() -> writer.add(TestPacks.chunk(2, 1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::finishTail).isInstanceOf(IllegalStateException.class);
        writer.close();
    }
}
