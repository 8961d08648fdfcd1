package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.chunk.ChunkId;
import dev.dsync.source.RelativePath;
import java.nio.ReadOnlyBufferException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the small values of the catalog refuse and promise. */
class CatalogValuesTest {

    @Nested
    class ListsOfChunks {

        @Test
        void holdWhatWentInInOrder() {
            List<ChunkId> ids = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                ids.add(RandomRecords.chunk(new Random(i % 7)));
                assertThat(ChunkList.of(ids)).isEqualTo(ids).hasSameHashCodeAs(ids);
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, 2, 3, Integer.MAX_VALUE, Integer.MIN_VALUE})
        void haveNothingOutsideTheirBounds(int index) {
            ChunkList list = ChunkList.of(List.of(ChunkId.of(new byte[32]), ChunkId.of(new byte[32])));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(index));
        }

        @Test
        void areNotTouchedByWhatTheirBuilderGathersLater() {
            ChunkList.Builder builder = new ChunkList.Builder().add(ChunkId.of(new byte[32]));
            ChunkList list = builder.build();
            builder.add(RandomRecords.chunk(new Random(1)));
            assertThat(list).hasSize(1).isEqualTo(List.of(ChunkId.of(new byte[32])));
        }
    }

    @Nested
    class Versions {

        @Test
        void areOfAKindWithWhatThatKindHas() {
            assertRefused(VersionKind.FOLDER, 1, 0, false, Optional.empty());
            assertRefused(VersionKind.FILE, 1, 0, false, Optional.empty());
            assertRefused(VersionKind.DELETED, 0, 0, true, Optional.empty());
            assertRefused(VersionKind.FOLDER, 0, 0, false, Optional.of("x"));
            assertRefused(VersionKind.SYMLINK, 0, 0, false, Optional.empty());
            assertRefused(VersionKind.FILE, -1, 0, true, Optional.empty());
            assertRefused(VersionKind.FILE, 1, 010000, true, Optional.empty());
            assertRefused(VersionKind.FILE, 1, -1, true, Optional.empty());
        }

        @Test
        void ofLinksWithHalfASurrogatePairAreRefused() {
            assertRefused(VersionKind.SYMLINK, 0, 0, false, Optional.of("a\ud83d"));
            assertThat(version(VersionKind.SYMLINK, 0, 0, false, Optional.of("\ud83d\ude00"))
                            .link())
                    .contains("😀");
        }

        @Test
        void keepEverythingButTheSequenceInAnotherCommit() {
            Version version = version(VersionKind.FILE, 7, 0644, true, Optional.empty());
            assertThat(version.at(9).sequence()).isEqualTo(9);
            assertThat(version.at(9).at(Version.UNCOMMITTED)).isEqualTo(version);
        }

        private void assertRefused(VersionKind kind, long size, int mode, boolean digest, Optional<String> link) {
            assertThatIllegalArgumentException().isThrownBy(() -> version(kind, size, mode, digest, link));
        }

        private Version version(VersionKind kind, long size, int mode, boolean digest, Optional<String> link) {
            Optional<Sha256> sha256 = digest ? Optional.of(Sha256.of(new byte[32])) : Optional.empty();
            WriterId writer = WriterId.of(1);
            return new Version(
                    RelativePath.of("a"), kind, size, Instant.EPOCH, mode, sha256, link, Version.UNCOMMITTED, writer);
        }
    }

    @Nested
    class Writers {

        @ParameterizedTest
        @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0123456789abcdefL})
        void areSixtyFourBits(long bits) {
            assertThat(WriterId.of(bits).bits()).isEqualTo(bits);
            assertThat(WriterId.of(bits).value()).hasSize(16);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "0123456789abcde", "0123456789ABCDEF", "0123456789abcdef\n", "0123456789abcdef0"})
        void haveSixteenLowerCaseDigits(String value) {
            assertThatIllegalArgumentException().isThrownBy(() -> new WriterId(value));
        }

        @Test
        void compareAsUnsignedNumbers() {
            assertThat(WriterId.of(-1)).isGreaterThan(WriterId.of(Long.MAX_VALUE));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\ud83d", "\ude00x"})
        void whoseTextsCannotBeStoredExactlyAreRefused(String text) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CatalogRecord.WriterSeen(WriterId.of(1), text, "/home", 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new CatalogRecord.WriterSeen(WriterId.of(1), "host", text, 1));
        }
    }

    @Nested
    class Byteses {

        @Test
        void areNobodysToChange() {
            byte[] source = {1, 2, 3};
            Bytes bytes = Bytes.of(source);
            source[0] = 9;
            bytes.toArray()[1] = 9;
            assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2, 3})).hasSameHashCodeAs(Bytes.of(new byte[] {1, 2, 3
            }));
            assertThatExceptionOfType(ReadOnlyBufferException.class)
                    .isThrownBy(() -> bytes.buffer().put((byte) 9));
        }

        @Test
        void differByContent() {
            assertThat(Bytes.of(new byte[] {1}))
                    .isNotEqualTo(Bytes.of(new byte[] {2}))
                    .isNotEqualTo(new byte[] {1});
        }
    }
}
