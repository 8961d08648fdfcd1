package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackId;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitTest {

    private static final PackId PACK = PackId.of(new byte[PackId.BYTES]);
    private static final Commit.CatalogPack STORED = new Commit.CatalogPack(PACK, 100, List.of());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void comesBackAsItWasWritten(long seed) throws MalformedCatalogException {
        Commit commit = new RandomRecords(seed).commit();
        assertThat(CommitCodec.decode(CommitCodec.encode(commit))).isEqualTo(commit);
    }

    @Test
    void hasSegmentsWithoutGap() {
        assertThat(commit(3, List.of(segment(0, 1), segment(1, 3)), List.of(STORED))
                        .sequence())
                .isEqualTo(3);
        assertRefused(3, List.of(segment(0, 1), segment(2, 3)), List.of(STORED));
        assertRefused(3, List.of(segment(0, 2)), List.of(STORED));
        assertRefused(2, List.of(segment(0, 1), segment(0, 2)), List.of(STORED));
        assertRefused(3, List.of(), List.of(STORED));
        assertThatIllegalArgumentException().isThrownBy(() -> segment(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> segment(-1, 1));
    }

    @Test
    void listsEveryPackThatItsBlocksLieInOnce() {
        assertRefused(1, List.of(segment(0, 1)), List.of());
        assertRefused(1, List.of(segment(0, 1)), List.of(STORED, STORED));
    }

    @Test
    void joinsTwoBranchesAtMost() {
        Sha256 parent = Sha256.of(new byte[Sha256.BYTES]);
        List<Sha256> three = List.of(parent, parent, parent);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Commit(1, WriterId.of(1), Instant.EPOCH, three, List.of(segment(0, 1)), List.of(STORED)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, PackFormat.MAX_PACK_SIZE + 1, Integer.MAX_VALUE})
    void hasPacksOfPossibleSize(int size) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Commit.CatalogPack(PACK, size, List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, PackFormat.MAX_CHUNKS})
    void hasBlocksAtPossibleEntries(int entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Commit.Block(PACK, entry));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void madeOfHostileBytesIsMalformed(long seed) {
        HostileBytes hostile =
                new HostileBytes(CommitCodec.encode(new RandomRecords(seed).commit()), CommitCodec::decode);
        assertThat(hostile.cutOff()).isZero();
        hostile.oddNumbers();
        hostile.flips(seed, 5_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, (1L << 62) + 1, Long.MAX_VALUE - 1, Version.UNCOMMITTED})
    void hasASequenceThatOthersCanFollow(long sequence) {
        Sha256 hash = Sha256.of(new byte[Sha256.BYTES]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommitInfo(sequence, WriterId.of(1), Instant.EPOCH, hash));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> commit(sequence, List.of(new Commit.Segment(0, sequence, 0, List.of())), List.of()));
    }

    @Test
    void withAnythingBehindItIsMalformed() {
        byte[] good = CommitCodec.encode(GoldenRecords.commit());
        assertThatExceptionOfType(MalformedCatalogException.class)
                .isThrownBy(() -> CommitCodec.decode(Arrays.copyOf(good, good.length + 1)));
    }

    @Test
    void ofANewerFormatSaysSo() {
        byte[] newer = CommitCodec.encode(GoldenRecords.commit());
        newer[0] = 2;
        assertThatExceptionOfType(MalformedCatalogException.class)
                .isThrownBy(() -> CommitCodec.decode(newer))
                .withMessageContaining("format 2 is not known to this version of dsync");
    }

    private static void assertRefused(long sequence, List<Commit.Segment> segments, List<Commit.CatalogPack> packs) {
        assertThatIllegalArgumentException().isThrownBy(() -> commit(sequence, segments, packs));
    }

    private static Commit commit(long sequence, List<Commit.Segment> segments, List<Commit.CatalogPack> packs) {
        return new Commit(sequence, WriterId.of(1), Instant.EPOCH, List.of(), segments, packs);
    }

    private static Commit.Segment segment(long from, long to) {
        return new Commit.Segment(from, to, 10, List.of(new Commit.Block(PACK, 0)));
    }
}
