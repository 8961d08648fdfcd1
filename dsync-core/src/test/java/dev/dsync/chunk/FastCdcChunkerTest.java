package dev.dsync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.key.MacKey;
import dev.dsync.key.SecretBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FastCdcChunkerTest extends ChunkerContract {

    private static final int MIN = 256;
    private static final int AVERAGE = 1024;
    private static final int MAX = 4096;

    private static SecretBytes key(int seed) {
        return SecretBytes.of(PinnedBytes.of(seed, 32));
    }

    private static FastCdcChunker small(int keySeed) {
        return new FastCdcChunker(key(keySeed), MIN, AVERAGE, MAX);
    }

    @Override
    protected Chunker chunker() {
        return small(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void cutsAreThoseOfTheDefinition(long seed) {
        byte[] content = PinnedBytes.of(seed, 400_003);

        assertThat(lengths(small(2), content)).isEqualTo(reference(key(2), content, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 255, 256, 257, 258, 1023, 1024, 1025, 4095, 4096, 4097})
    void cutsOfShortFilesAreThoseOfTheDefinition(int length) {
        for (int seed = 0; seed < 50; seed++) {
            byte[] content = PinnedBytes.of(seed, length);
            assertThat(lengths(small(2), content)).as("seed %d", seed).isEqualTo(reference(key(2), content, 0));
        }
    }

    @Test
    void windowsOutsideTheHeapHaveTheSameCuts() {
        byte[] content = PinnedBytes.of(8, 500_000);
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length).put(content);
        Chunker chunker = small(2);
        for (int start = 0; start < content.length; start += 101) {
            ByteBuffer heap = ByteBuffer.wrap(content, start, content.length - start);
            assertThat(chunker.cut(direct.position(start))).as("from %d", start).isEqualTo(chunker.cut(heap));
        }
    }

    /** The definition, word by word: one byte a step, from the class comment alone. {@code scale} doubles sizes. */
    private static List<Integer> reference(SecretBytes key, byte[] file, int scale) {
        MacKey mac = new MacKey(key);
        long[] gear = new long[256];
        for (int b = 0; b < 256; b++) {
            gear[b] = ByteBuffer.wrap(mac.mac(ByteBuffer.wrap(new byte[] {(byte) b})))
                    .getLong();
        }
        List<Integer> lengths = new ArrayList<>();
        for (int start = 0; start < file.length; start += lengths.get(lengths.size() - 1)) {
            lengths.add(referenceCut(gear, file, start, scale));
        }
        return lengths;
    }

    private static int referenceCut(long[] gear, byte[] file, int start, int scale) {
        int n = file.length - start;
        long h = 0;
        for (int i = MIN << scale; i < Math.min(n, MAX << scale); i++) {
            h = (h << 1) + gear[file[start + i] & 0xff];
            int bits = scale + (i < AVERAGE << scale ? 12 : 8);
            if ((h & ((1L << bits) - 1) << 63 - bits) == 0) {
                return i + 1;
            }
        }
        return Math.min(n, MAX << scale);
    }

    @Test
    void cutsOfTheVaultsChunkerAreThoseOfTheDefinition() {
        byte[] content = PinnedBytes.of(9, 24 << 20);

        assertThat(lengths(FastCdcChunker.keyed(key(3)), content)).isEqualTo(reference(key(3), content, 10));
    }

    /** Key: bytes 0 to 31. A program in another language, written from the class comment, found the same. */
    @Test
    void storedFormatDoesNotDrift() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }

        List<Integer> lengths = lengths(FastCdcChunker.keyed(SecretBytes.of(key)), PinnedBytes.of(20261122, 16 << 20));

        assertThat(lengths)
                .containsExactly(
                        1344473, 1206413, 1122880, 1126862, 509578, 1606323, 301692, 1169651, 1185893, 1103940, 498304,
                        1180773, 1093476, 1179217, 1485914, 661827);
    }

    @Test
    void filesUpTo256KibAreOneChunk() {
        FastCdcChunker chunker = FastCdcChunker.keyed(key(3));
        for (int seed = 0; seed < 10; seed++) {
            byte[] content = PinnedBytes.of(seed, 256 << 10);
            assertThat(lengths(chunker, content)).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    void chunksOfRandomContentHaveAboutTheAverageSize() {
        byte[] content = PinnedBytes.of(5, 2 << 20);

        List<Integer> lengths = lengths(small(1), content);

        assertThat((double) content.length / lengths.size()).isBetween(0.9 * AVERAGE, 1.4 * AVERAGE);
        assertThat(lengths).anyMatch(length -> length < 2 * MIN).anyMatch(length -> length > 2 * AVERAGE);
    }

    @Test
    void anotherKeyCutsElsewhere() {
        byte[] content = PinnedBytes.of(6, 1 << 20);

        assertThat(lengths(small(1), content)).isNotEqualTo(lengths(small(2), content));
    }

    @ParameterizedTest
    @CsvSource({"1,1,0", "2,0,1", "3,10,0", "4,0,10", "5,5000,0", "6,0,5000", "7,1,1", "8,100,90", "9,1,0", "10,0,1"})
    void oneEditMakesFewNewChunks(int seed, int inserted, int deleted) {
        byte[] before = PinnedBytes.of(seed, 1 << 20);
        byte[] after = edited(before, new Random(seed), inserted, deleted);

        Set<ByteBuffer> known = new HashSet<>(pieces(small(1), before));
        List<ByteBuffer> fresh = pieces(small(1), after);
        fresh.removeAll(known);

        int ownChunks = (inserted + AVERAGE - 1) / AVERAGE;
        assertThat(fresh).as("new chunks").hasSizeBetween(1, 5 + ownChunks);
    }

    @Test
    void oneByteMoreInA64MibFileMakesFewNewChunks() {
        FastCdcChunker chunker = FastCdcChunker.keyed(key(1));
        byte[] before = PinnedBytes.of(11, 64 << 20);
        byte[] after = edited(before, new Random(11), 1, 0);

        Set<ByteBuffer> known = new HashSet<>(pieces(chunker, before));
        List<ByteBuffer> fresh = pieces(chunker, after);
        fresh.removeAll(known);

        assertThat(fresh).hasSizeBetween(1, 4);
    }

    private static byte[] edited(byte[] before, Random random, int inserted, int deleted) {
        int at = random.nextInt(before.length - deleted);
        byte[] insert = new byte[inserted];
        random.nextBytes(insert);
        return ByteBuffer.allocate(before.length + inserted - deleted)
                .put(before, 0, at)
                .put(insert)
                .put(before, at + deleted, before.length - at - deleted)
                .array();
    }

    private static List<ByteBuffer> pieces(Chunker chunker, byte[] content) {
        List<ByteBuffer> pieces = new ArrayList<>();
        int at = 0;
        for (int length : lengths(chunker, content)) {
            pieces.add(ByteBuffer.wrap(content, at, length).slice());
            at += length;
        }
        return pieces;
    }

    @Test
    void senselessSizesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FastCdcChunker(key(1), 255, 1024, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> new FastCdcChunker(key(1), 256, 1000, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> new FastCdcChunker(key(1), 2048, 1024, 4096));
        assertThatIllegalArgumentException().isThrownBy(() -> new FastCdcChunker(key(1), 256, 1024, 1024));
    }
}
