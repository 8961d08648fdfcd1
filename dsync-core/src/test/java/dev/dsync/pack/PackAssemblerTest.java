package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.ChunkId;
import dev.dsync.chunk.Lease;
import dev.dsync.codec.CodecId;
import dev.dsync.codec.EncodedChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackAssemblerTest {

    private static final int MIB = 1 << 20;
    private static final int SMALL = 100_000;
    private static final byte[] ZEROS = new byte[PackFormat.MAX_CHUNK_BYTES];

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void largeFilesFillPacksAbove98Percent(long seed) {
        assertFilled(seed, 200, PackAssemblerTest::ofLargeFile);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void largeFilesThatCompressFillPacksAbove98Percent(long seed) {
        assertFilled(seed, 400, random -> ofLargeFile(random) / (1 + random.nextInt(5)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void smallFilesBetweenLargeOnesFillPacksAbove98Percent(long seed) {
        assertFilled(seed, 800, random -> random.nextInt(4) > 0 ? random.nextInt(20_000) : ofLargeFile(random));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void smallFilesAloneFillPacksAbove95PercentDespiteTheirEntries(long seed) {
        assertThat(fill(assembled(seed, 20_000, random -> 200 + random.nextInt(4000))))
                .isGreaterThan(0.95);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void someChunksOfTheLargestSizeDoNoHarm(long seed) {
        assertFilled(seed, 200, random -> random.nextInt(10) > 0 ? ofLargeFile(random) : PackFormat.MAX_CHUNK_BYTES);
    }

    @Test
    void twoChunksOfTheLargestSizeShareAPack() {
        assertThat(fill(assembled(1, 40, random -> PackFormat.MAX_CHUNK_BYTES))).isGreaterThan(0.96);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neighboursStayNeighbours(long seed) {
        List<SealedPack> packs = assembled(seed, 300, PackAssemblerTest::ofLargeFile);
        List<Integer> order = order(packs);
        assertThat(order).hasSize(300).doesNotHaveDuplicates();
        long together = packs.stream().mapToLong(pack -> pairs(ordinals(pack))).sum();
        assertThat(together).as("seed %d: %s", seed, order).isGreaterThan(150);
        for (int i = 0; i < order.size(); i++) {
            assertThat(Math.abs(order.get(i) - i))
                    .as("seed %d, chunk %d", seed, i)
                    .isLessThan(20);
        }
    }

    @Test
    void chunksThatAllFitKeepTheirOrderInOnePack() {
        List<SealedPack> packs = assembled(1, 1000, random -> random.nextInt(5000));
        assertThat(order(packs)).isSortedAccordingTo(Comparator.naturalOrder());
        assertThat(packs).hasSize(1);
    }

    @Test
    void aNewPackBeginsWithTheChunkThatWaitedLongest() {
        List<SealedPack> packs = new ArrayList<>();
        PackAssembler assembler = assembler(SMALL, TestPacks.budget());
        // Four of the others fill a pack; the second chunk never fits well.
        for (int i = 0; i < 40; i++) {
            packs.addAll(assembler.add(chunk(i, i == 1 ? 80_000 : 24_900, Lease.none())));
        }
        assertThat(ordinals(packs.get(0))).doesNotContain(1);
        assertThat(ordinals(packs.get(1))).startsWith(1);
    }

    @Test
    void onlyTheLastPackIsSmaller() {
        List<SealedPack> packs = assembled(1, 60, PackAssemblerTest::ofLargeFile);
        List<SealedPack> full = packs.subList(0, packs.size() - 1);
        assertThat(full)
                .isNotEmpty()
                .allSatisfy(pack -> assertThat(pack.size()).isEqualTo(PackFormat.DEFAULT_PACK_SIZE));
        int tail = packs.get(packs.size() - 1).size();
        assertThat(tail).isEqualTo(Padme.atLeast(tail)).isLessThan(PackFormat.DEFAULT_PACK_SIZE);
    }

    @Test
    void afterFinishingItGoesOnWithANewPack() {
        PackAssembler assembler = assembler(SMALL, TestPacks.budget());
        assembler.add(chunk(0, 10, Lease.none()));
        SealedPack first = assembler.finish().get(0);
        assertThat(assembler.finish()).isEmpty();
        assembler.add(chunk(1, 10, Lease.none()));
        SealedPack second = assembler.finish().get(0);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(ordinals(second)).containsExactly(1);
    }

    @Test
    void tooManyTinyChunksForOnePackGoIntoTwo() {
        PackAssembler assembler = assembler(PackFormat.DEFAULT_PACK_SIZE, TestPacks.budget());
        List<SealedPack> packs = new ArrayList<>();
        for (int i = 0; i < 66_000; i++) {
            packs.addAll(assembler.add(chunk(i, 1, Lease.none())));
        }
        packs.addAll(assembler.finish());
        assertThat(packs).hasSize(2);
        assertThat(packs.get(0).size()).as("padded no more than a tail").isLessThan(PackFormat.DEFAULT_PACK_SIZE);
        assertThat(order(packs)).hasSize(66_000).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @Test
    void aChunkLargerThanAnyPackIsRefused() {
        PackAssembler assembler = assembler(SMALL, TestPacks.budget());
        assertThatThrownBy(() -> assembler.add(chunk(0, SMALL, Lease.none())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large")
                .hasMessageContaining("100000");
        assertThatThrownBy(() -> assembler.add(chunk(0, 1, Lease.none()))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theLargestChunkFitsTheSmallestAllowedPack() {
        assertThat(PackWriter.emptyRoom(PackFormat.MIN_PACK_SIZE))
                .isGreaterThan(PackWriter.cost(Suite.AES_256_GCM, PackFormat.MAX_CHUNK_BYTES));
        assertThatThrownBy(() -> new PackAssembler(
                        PackKind.DATA,
                        Suite.NONE,
                        PackFormat.MIN_PACK_SIZE - 1,
                        TestPacks.KEYS,
                        TestPacks.budget(),
                        new Random(1)))
                .hasMessageContaining("5242880");
    }

    @Test
    void packsTakeOverTheMemoryOfTheirChunksAndNeverWait() throws Exception {
        // Readers may use 300 KB; packs have 40 KB besides, little more than one chunk. Nothing is stored meanwhile.
        ByteBudget budget = new ByteBudget(340_000, 40_000);
        PackAssembler assembler = assembler(SMALL, budget);
        List<SealedPack> packs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            packs.addAll(assembler.add(chunk(i, 33_190, budget.acquire(33_190))));
        }
        packs.addAll(assembler.finish());
        assertThat(packs).hasSize(3);
        assertThat(budget.used()).isBetween(9 * 33_190L, 9 * 33_300L);
        packs.forEach(SealedPack::close);
        assertThat(budget.used()).isZero();
    }

    @Test
    void closingGivesAllMemoryBack() throws Exception {
        ByteBudget budget = TestPacks.budget();
        PackAssembler assembler = assembler(SMALL, budget);
        for (int i = 0; i < 10; i++) {
            assembler.add(chunk(i, 5000, budget.acquire(5000)));
        }
        assembler.close();
        assertThat(budget.used()).isZero();
        assertThatThrownBy(assembler::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterAFailureNothingMoreIsPackedAndNoMemoryIsLost() throws Exception {
        ByteBudget budget = TestPacks.budget();
        int[] sealed = {0};
        PackAssembler assembler = new PackAssembler(
                Suite.NONE,
                SMALL,
                () -> writer(SMALL, budget, (pack, at, length) -> {
                    if (++sealed[0] == 5) {
                        pack[at] ^= 1;
                    }
                }));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        assembler.add(chunk(i, 5000, budget.acquire(5000)));
                    }
                })
                .isInstanceOf(FaultyMemoryException.class);
        Lease late = budget.acquire(5000);
        assertThatThrownBy(() -> assembler.add(chunk(99, 5000, late))).isInstanceOf(IllegalStateException.class);
        assembler.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void aFullPackIsGivenUpWithTheOneAfterItThatFailed() throws Exception {
        ByteBudget budget = TestPacks.budget();
        int[] started = {0};
        PackAssembler assembler = new PackAssembler(Suite.NONE, SMALL, () -> {
            boolean second = ++started[0] == 2;
            return writer(SMALL, budget, (pack, at, length) -> pack[at] ^= (byte) (second ? 1 : 0));
        });
        assertThatThrownBy(() -> {
                    // One fills a pack, seven wait; with the next, that pack is full and the one after it begins.
                    assembler.add(chunk(0, 99_000, budget.acquire(99_000)));
                    for (int i = 1; i < 20; i++) {
                        assembler.add(chunk(i, 5000, budget.acquire(5000)));
                    }
                })
                .isInstanceOf(FaultyMemoryException.class);
        assembler.close();
        assertThat(budget.used()).isZero();
    }

    private static int ofLargeFile(Random random) {
        double size = MIB * Math.exp(0.6 * random.nextGaussian());
        return (int) Math.max(256 << 10, Math.min(PackFormat.MAX_CHUNK_BYTES, size));
    }

    private static void assertFilled(long seed, int count, ToIntFunction<Random> size) {
        assertThat(fill(assembled(seed, count, size))).as("seed %d", seed).isGreaterThan(0.98);
    }

    /** What part of all packs but the last is encoded chunks. */
    private static double fill(List<SealedPack> packs) {
        List<SealedPack> full = packs.subList(0, packs.size() - 1);
        long encoded = full.stream()
                .flatMap(pack -> pack.entries().stream())
                .mapToLong(PackEntry::encodedLength)
                .sum();
        return (double) encoded / full.stream().mapToLong(SealedPack::size).sum();
    }

    /** Packs of zeros, in suite none: only sizes matter. Their bytes are dropped at once. */
    private static List<SealedPack> assembled(long seed, int count, ToIntFunction<Random> size) {
        PackAssembler assembler = assembler(PackFormat.DEFAULT_PACK_SIZE, TestPacks.budget());
        Random random = new Random(seed);
        List<SealedPack> packs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packs.addAll(withoutBytes(assembler.add(chunk(i, size.applyAsInt(random), Lease.none()))));
        }
        packs.addAll(withoutBytes(assembler.finish()));
        return packs;
    }

    private static List<SealedPack> withoutBytes(List<SealedPack> packs) {
        return packs.stream()
                .map(pack ->
                        new SealedPack(pack.directory(), ByteBuffer.allocate(0), new PackMemory(TestPacks.budget())))
                .collect(Collectors.toList());
    }

    /** How many chunks have the one that came right after them in the same pack. */
    private static long pairs(List<Integer> ordinals) {
        return ordinals.stream()
                .filter(ordinal -> ordinals.contains(ordinal + 1))
                .count();
    }

    private static PackAssembler assembler(int packSize, ByteBudget budget) {
        Random random = new Random(1);
        return new PackAssembler(
                Suite.NONE,
                packSize,
                () -> new PackWriter(
                        PackKind.DATA,
                        Suite.NONE,
                        packSize,
                        TestPacks.KEYS,
                        budget,
                        random,
                        PackWriter.SealProbe.NONE));
    }

    private static PackWriter writer(int packSize, ByteBudget budget, PackWriter.SealProbe probe) {
        return new PackWriter(PackKind.DATA, Suite.NONE, packSize, TestPacks.KEYS, budget, new Random(1), probe);
    }

    /** A chunk whose id tells its place among all chunks. */
    private static EncodedChunk chunk(int ordinal, int length, Lease lease) {
        byte[] id = ByteBuffer.allocate(ChunkId.BYTES).putInt(ordinal).array();
        return new EncodedChunk(ChunkId.of(id), CodecId.RAW, length, ByteBuffer.wrap(ZEROS, 0, length), lease);
    }

    private static List<Integer> order(List<SealedPack> packs) {
        return packs.stream().flatMap(pack -> ordinals(pack).stream()).toList();
    }

    private static List<Integer> ordinals(SealedPack pack) {
        return pack.entries().stream()
                .map(entry -> ByteBuffer.wrap(entry.id().toBytes()).getInt())
                .toList();
    }
}
