package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.pack.PackFormat;
import dev.dsync.storage.TargetId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void comesBackAsItWasWritten(long seed) throws MalformedCatalogException {
        Root root = new RandomRecords(seed).root();
        assertThat(Root.decode(root.encode(Integer.MAX_VALUE))).isEqualTo(root);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void namesAsManyCopiesAsFit(long seed) throws MalformedCatalogException {
        Root root = new RandomRecords(seed).root();
        int before = 0;
        for (int capacity = 1; capacity < root.encode(Integer.MAX_VALUE).length + 10; capacity += 7) {
            byte[] bytes = root.encode(capacity);
            int copies = Root.decode(bytes).copies().size();
            assertThat(bytes.length <= capacity || copies == 1).isTrue();
            assertThat(copies).isGreaterThanOrEqualTo(before);
            assertThat(Root.decode(bytes).copies()).isEqualTo(root.copies().subList(0, copies));
            before = copies;
        }
        assertThat(before).isEqualTo(root.copies().size());
    }

    @Test
    void startsWithTheCopyOnTheSlotsOwnTarget() {
        Root root = GoldenRecords.root();
        TargetId second = root.copies().get(1).target();
        assertThat(root.ownFirst(second).copies())
                .containsExactly(root.copies().get(1), root.copies().get(0));
        assertThat(root.ownFirst(new TargetId("file:elsewhere"))).isEqualTo(root);
    }

    @Test
    void pointsToACommitOfBoundedSize() {
        Root root = GoldenRecords.root();
        for (int length : new int[] {0, -1, PackFormat.MAX_PACK_SIZE + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Root(root.vault(), root.commit(), length, root.copies()));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Root(root.vault(), root.commit(), 1, List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void madeOfHostileBytesIsMalformed(long seed) {
        byte[] good = new RandomRecords(seed).root().encode(Integer.MAX_VALUE);
        HostileBytes hostile = new HostileBytes(good, Root::decode);
        assertThat(hostile.cutOff()).isZero();
        hostile.oddNumbers();
        hostile.flips(seed, 5_000);
    }

    @Test
    void withAnythingBehindItIsMalformed() {
        byte[] good = GoldenRecords.root().encode(Integer.MAX_VALUE);
        assertThatExceptionOfType(MalformedCatalogException.class)
                .isThrownBy(() -> Root.decode(Arrays.copyOf(good, good.length + 1)))
                .withMessageContaining("1 bytes too many");
    }

    @Test
    void ofANewerFormatSaysSo() {
        byte[] newer = GoldenRecords.root().encode(Integer.MAX_VALUE);
        newer[0] = 2;
        assertThatExceptionOfType(MalformedCatalogException.class)
                .isThrownBy(() -> Root.decode(newer))
                .withMessageContaining("format 2 is not known to this version of dsync");
    }
}
