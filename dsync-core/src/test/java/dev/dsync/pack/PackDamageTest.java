package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
import dev.dsync.pack.DamagedPackException.Part;
import dev.dsync.pack.ForeignPackException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a stored pack is noticed, and the error says what it was. */
class PackDamageTest {

    private static final int SIZE = 40_000;
    private static final Suite SEALED = Suite.AES_256_GCM;
    private static final SealedPack PACK = TestPacks.pack(SEALED, SIZE, 1, 100, 20_000, 0, 100);
    private static final PackDirectory DIRECTORY = PACK.directory();

    @ParameterizedTest
    @EnumSource(Suite.class)
    void everyChangedBitOfTheHeaderIsNoticed(Suite suite) {
        SealedPack pack = TestPacks.pack(suite, SIZE, 1, 100);
        for (int at = 0; at < PackHeader.BYTES; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                PackException noticed = noticed(pack.directory(), flipped(TestPacks.bytes(pack), at, bit));
                if (at < 4) {
                    assertForeign(noticed, Reason.NOT_A_PACK);
                } else if (at == 4) {
                    assertThat(noticed).isInstanceOf(UnknownPackVersionException.class);
                } else {
                    assertDamaged(noticed, Part.HEADER);
                }
            }
        }
    }

    @Test
    void changedBitsOfChunksAreNoticedAndSayWhichChunk() {
        for (PackEntry entry : DIRECTORY.entries()) {
            int end = entry.offset() + entry.sealedLength(SEALED);
            for (int at = entry.offset(); at < end; at += 1 + (end - entry.offset()) / 97) {
                PackException noticed = noticed(DIRECTORY, flipped(TestPacks.bytes(PACK), at, at % 8));
                assertDamaged(noticed, Part.CHUNK);
                assertThat(((DamagedPackException) noticed).chunkIndex()).isEqualTo(OptionalInt.of(entry.index()));
                assertThat(noticed).hasMessageContaining("chunk " + entry.index() + " at byte " + entry.offset());
            }
        }
    }

    @Test
    void changedBitsOfTheDirectoryAreNoticed() {
        for (int at = DIRECTORY.chunksEnd(); at < SIZE - PackTrailer.BYTES; at += 13) {
            assertDamaged(noticed(DIRECTORY, flipped(TestPacks.bytes(PACK), at, at % 8)), Part.DIRECTORY);
        }
    }

    @Test
    void changedBitsBetweenDirectoryAndTrailerAreNoticed() {
        // So many bytes of chunks that one full segment of directory and 16 bytes are left.
        SealedPack pack = TestPacks.pack(Suite.NONE, SIZE, 1, SIZE - PackHeader.BYTES - PackTrailer.BYTES - 8208 - 16);
        for (int at = SIZE - PackTrailer.BYTES - 16; at < SIZE - PackTrailer.BYTES; at++) {
            PackException noticed = noticed(pack.directory(), flipped(TestPacks.bytes(pack), at, at % 8));
            assertDamaged(noticed, Part.DIRECTORY);
            assertThat(noticed).hasMessageContaining("byte " + at + " after it should be zero");
        }
    }

    @Test
    void everyChangedByteOfTheTrailerIsNoticed() {
        for (int at = SIZE - PackTrailer.BYTES; at < SIZE; at++) {
            assertDamaged(noticed(DIRECTORY, flipped(TestPacks.bytes(PACK), at, at % 8)), Part.TRAILER);
        }
    }

    @Test
    void missingBytesAreNoticedWithFoundAndWantedSize() {
        int[] lengths = {4, 87, 88, 89, DIRECTORY.chunksEnd(), SIZE - PackTrailer.BYTES, SIZE - 1, SIZE + 1};
        for (int length : lengths) {
            PackException noticed = noticed(DIRECTORY, Arrays.copyOf(TestPacks.bytes(PACK), length));
            assertDamaged(noticed, Part.LENGTH);
            assertThat(noticed).hasMessageContaining(Integer.toString(length));
        }
    }

    @Test
    void missingBytesAreNoticedByWhoeverDoesNotKnowTheSize() {
        for (int length : new int[] {0, 3, 50, 88, 136, 137, DIRECTORY.chunksEnd(), SIZE - 1, SIZE + 1}) {
            PackSource source = PackSource.of(ByteBuffer.wrap(Arrays.copyOf(TestPacks.bytes(PACK), length)));
            PackException noticed =
                    catchThrowableOfType(PackException.class, () -> PackReader.readDirectory(TestPacks.KEYS, source));
            assertDamaged(noticed, length < 137 ? Part.LENGTH : Part.TRAILER);
        }
    }

    @Test
    void aBlobThatEndsBeforeItsSaidSizeIsNoticed() {
        PackSource half = PackSource.of(PACK.bytes().slice(0, SIZE / 2));
        PackSource lying = new PackSource() {
            @Override
            public long size() {
                return SIZE;
            }

            @Override
            public void read(long offset, ByteBuffer target) throws java.io.IOException {
                half.read(offset, target);
            }
        };
        PackException noticed =
                catchThrowableOfType(PackException.class, () -> PackReader.readDirectory(TestPacks.KEYS, lying));
        assertDamaged(noticed, Part.LENGTH);
    }

    @Test
    void missingBytesOfAChunkAreNoticed() throws Exception {
        try (PackReader reader = reader(PACK)) {
            PackEntry entry = DIRECTORY.entries().get(1);
            ByteBuffer sealed = TestPacks.sealed(TestPacks.bytes(PACK), entry, SEALED);
            sealed.limit(sealed.limit() - 1);
            assertThatThrownBy(() -> reader.openChunk(entry, sealed))
                    .hasMessageContaining("chunk 1 at byte 204")
                    .hasMessageContaining("got 20047 bytes, its seal has 20048");
        }
    }

    @Test
    void somethingElseIsNoPack() {
        byte[] page = "<html>not found</html>".getBytes(StandardCharsets.US_ASCII);
        assertForeign(noticed(DIRECTORY, page), Reason.NOT_A_PACK);
    }

    @Test
    void aPackOfAnotherVaultIsNotTakenForDamage() {
        PackException noticed = catchThrowableOfType(
                PackException.class, () -> PackReader.readDirectory(TestPacks.OTHER_KEYS, PackSource.of(PACK.bytes())));
        assertForeign(noticed, Reason.OTHER_VAULT);
        assertThat(noticed)
                .hasMessageContaining(TestPacks.KEYS.vaultId().toString())
                .hasMessageContaining(TestPacks.OTHER_KEYS.vaultId().toString());
    }

    @Test
    void aKeyOfAnotherVaultOpensNoChunk() {
        PackEntry entry = DIRECTORY.entries().get(0);
        try (PackReader reader = new PackReader(TestPacks.OTHER_KEYS, PACK.id(), PACK.kind(), SEALED)) {
            assertBroken(reader, entry, TestPacks.sealed(TestPacks.bytes(PACK), entry, SEALED));
        }
    }

    @Test
    void twoSwappedPacksAreNoticed() {
        SealedPack other = TestPacks.pack(SEALED, SIZE, 2, 100, 20_000, 0, 100);
        PackException noticed = noticed(DIRECTORY, TestPacks.bytes(other));
        assertForeign(noticed, Reason.OTHER_PACK);
        assertThat(noticed)
                .hasMessageContaining(other.id().toString())
                .hasMessageContaining(PACK.id().toString());
        try (PackReader reader = reader(PACK)) {
            PackEntry entry = DIRECTORY.entries().get(0);
            assertBroken(reader, entry, TestPacks.sealed(TestPacks.bytes(other), entry, SEALED));
            assertForeign(
                    catchThrowableOfType(PackException.class, () -> reader.requireOurHeader(other.bytes())),
                    Reason.OTHER_PACK);
        }
    }

    @Test
    void aReaderKnowsItsOwnHeader() throws Exception {
        try (PackReader reader = reader(PACK)) {
            reader.requireOurHeader(PACK.bytes().slice(0, PackFormat.HEADER_BYTES));
        }
        try (PackReader reader = new PackReader(TestPacks.KEYS, PACK.id(), PackKind.CATALOG, SEALED)) {
            assertThatThrownBy(() -> reader.requireOurHeader(PACK.bytes())).hasMessageContaining("DATA");
        }
    }

    @Test
    void twoSwappedChunksOfOnePackAreNoticed() {
        PackEntry first = DIRECTORY.entries().get(0);
        PackEntry last = DIRECTORY.entries().get(3);
        byte[] bytes = TestPacks.bytes(PACK);
        byte[] kept = Arrays.copyOfRange(bytes, first.offset(), first.offset() + first.sealedLength(SEALED));
        System.arraycopy(bytes, last.offset(), bytes, first.offset(), kept.length);
        System.arraycopy(kept, 0, bytes, last.offset(), kept.length);
        assertDamaged(noticed(DIRECTORY, bytes), Part.CHUNK);
    }

    @Test
    void twoSwappedSegmentsOfOneChunkAreNoticed() {
        PackEntry entry = DIRECTORY.entries().get(1);
        byte[] bytes = TestPacks.bytes(PACK);
        byte[] kept = Arrays.copyOfRange(bytes, entry.offset(), entry.offset() + 8208);
        System.arraycopy(bytes, entry.offset() + 8208, bytes, entry.offset(), 8208);
        System.arraycopy(kept, 0, bytes, entry.offset() + 8208, 8208);
        assertDamaged(noticed(DIRECTORY, bytes), Part.CHUNK);
    }

    @Test
    void aChunkOpensOnlyAsWhatItWasStored() {
        PackEntry e = DIRECTORY.entries().get(0);
        ByteBuffer sealed = TestPacks.sealed(TestPacks.bytes(PACK), e, SEALED);
        ChunkId otherId = DIRECTORY.entries().get(1).id();
        try (PackReader reader = reader(PACK)) {
            assertBroken(reader, new PackEntry(1, e.id(), e.codec(), 100, 100, e.offset()), sealed);
            assertBroken(reader, new PackEntry(0, otherId, e.codec(), 100, 100, e.offset()), sealed);
            assertBroken(reader, new PackEntry(0, e.id(), CodecId.ZSTD, 100, 100, e.offset()), sealed);
            assertBroken(reader, new PackEntry(0, e.id(), e.codec(), 101, 100, e.offset()), sealed);
        }
        try (PackReader reader = new PackReader(TestPacks.KEYS, PACK.id(), PackKind.CATALOG, SEALED)) {
            assertBroken(reader, e, sealed);
        }
        try (PackReader reader = new PackReader(TestPacks.KEYS, PACK.id(), PACK.kind(), Suite.NONE)) {
            assertThatThrownBy(() -> reader.openChunk(e, sealed)).hasMessageContaining("got 116 bytes");
        }
    }

    private static PackReader reader(SealedPack pack) {
        return new PackReader(TestPacks.KEYS, pack.id(), pack.kind(), pack.suite());
    }

    private static void assertBroken(PackReader reader, PackEntry entry, ByteBuffer sealed) {
        assertThatThrownBy(() -> reader.openChunk(entry, sealed))
                .isInstanceOf(DamagedPackException.class)
                .hasMessageContaining("seal of its 116 bytes is broken");
    }

    private static PackException noticed(PackDirectory known, byte[] pack) {
        return catchThrowableOfType(PackException.class, () -> TestPacks.readAll(known, pack));
    }

    private static void assertDamaged(PackException noticed, Part part) {
        assertThat(noticed)
                .isInstanceOfSatisfying(
                        DamagedPackException.class,
                        e -> assertThat(e.part()).as(e.getMessage()).isEqualTo(part));
    }

    private static void assertForeign(PackException noticed, Reason reason) {
        assertThat(noticed)
                .isInstanceOfSatisfying(
                        ForeignPackException.class,
                        e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        bytes[at] ^= (byte) (1 << bit);
        return bytes;
    }
}
