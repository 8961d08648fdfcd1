package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.catalog.CatalogRecord.PackContents;
import dev.dsync.catalog.CatalogRecord.PackRemoved;
import dev.dsync.catalog.CatalogRecord.PathVersion;
import dev.dsync.catalog.CatalogRecord.VersionRemoved;
import dev.dsync.chunk.ChunkId;
import dev.dsync.pack.PackFormat;
import dev.dsync.pack.PackId;
import dev.dsync.source.RelativePath;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {

    private static final long ALL = RandomRecords.MAX_SEQUENCE;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void recordsComeBackAsTheyWereWritten(long seed) throws MalformedCatalogException {
        List<CatalogRecord> records = new RandomRecords(seed).records(3_000);
        assertThat(read(write(records))).isEqualTo(records);
    }

    @Test
    void noRecordsAreNoBlocks() throws MalformedCatalogException {
        SegmentWriter writer = new SegmentWriter(List.<CatalogRecord>of().iterator());
        assertThat(writer.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(writer::next);
        assertThat(read(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "16384, 1", "16385, 2", "32768, 2", "50000, 4"})
    void filesOfAnySizeGoOnInTheNextBlock(int chunks, int blocks) throws MalformedCatalogException {
        List<CatalogRecord> records = List.of(file("large", chunks), file("next", 1));
        List<byte[]> written = write(records);
        assertThat(written).hasSize(chunks % 16_384 == 0 && chunks > 0 ? blocks + 1 : blocks);
        assertThat(read(written)).isEqualTo(records);
    }

    @Test
    void blocksAreSmallEnoughToBeChunks() throws MalformedCatalogException {
        List<CatalogRecord> records = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            records.add(file("file " + i, i * 1_000));
        }
        List<byte[]> written = write(records);
        assertThat(written)
                .hasSizeGreaterThan(10)
                .allSatisfy(block -> assertThat(block.length).isLessThanOrEqualTo(SegmentWriter.BLOCK_BYTES + 1_000));
        assertThat(read(written)).isEqualTo(records);
    }

    @Test
    void theFullestPackIsSmallEnoughToBeAChunk() throws MalformedCatalogException {
        List<CatalogRecord> records =
                List.of(file("before", 16_000), contents(PackFormat.MAX_CHUNKS), contents(PackFormat.MAX_CHUNKS));
        List<byte[]> written = write(records);
        assertThat(written).allSatisfy(block -> assertThat(block.length).isLessThan(PackFormat.MAX_CHUNK_BYTES));
        assertThat(read(written)).isEqualTo(records);
    }

    @Test
    void eachBlockCanBeReadWithoutThePathsOfTheOneBefore() throws MalformedCatalogException {
        List<CatalogRecord> records = List.of(file("same/beginning 1", 16_384), file("same/beginning 2", 1));
        List<byte[]> written = write(records);
        assertThat(read(written.subList(1, 2))).containsExactly(records.get(1));
    }

    @Test
    void pathsMayShareTheBeginningOfACharacter() throws MalformedCatalogException {
        List<CatalogRecord> records =
                List.of(removed("x/\u00e9"), removed("x/\u00e8"), removed("x/\ud83d\ude00"), removed("x/\ud83d\ude01"));
        byte[] block = write(records).get(0);
        assertThat(read(List.of(block))).isEqualTo(records);
        // One byte differs: é is c3 a9 and è is c3 a8.
        assertThat(block).containsSequence(3, 1, 0xa8);
    }

    @Test
    void pathsThatAreNoTextOnceJoinedAreMalformed() {
        byte[] block = write(List.of(removed("x/\u00e9"), removed("x/\u00e8"))).get(0);
        int at = new String(block, StandardCharsets.ISO_8859_1).indexOf("\u0003\u0001\u00a8");
        block[at + 2] = 'a';
        assertMalformed(List.of(block), "a text is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "../a", "/a", "a/", ".", "a\u0000b"})
    void pathsThatLeadElsewhereAreMalformed(String path) {
        byte[] block = write(List.of(removed("*".repeat(path.length())))).get(0);
        int at = new String(block, StandardCharsets.ISO_8859_1).indexOf('*');
        System.arraycopy(path.getBytes(StandardCharsets.ISO_8859_1), 0, block, at, path.length());
        assertMalformed(List.of(block), "near byte");
    }

    /** Few records at a time, because every change reads the whole block. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void hostileBlocksAreMalformed(long seed) {
        byte[] good = write(new RandomRecords(seed).records(10)).get(0);
        HostileBytes hostile = new HostileBytes(good, bytes -> read(List.of(bytes)));
        // A block that is cut between two records is whole; what is missing is missed by the pack around it.
        assertThat(hostile.cutOff()).isLessThanOrEqualTo(10);
        hostile.oddNumbers();
        hostile.flips(seed, 2_000);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 3", "1, 2, 1", "5, 9, 9223372036854775807", "0, 1, 0"})
    void recordsOutsideTheSegmentsRangeAreMalformed(long from, long to, long sequence) {
        List<byte[]> blocks = write(List.of(new PackRemoved(PackId.of(new byte[32]), sequence)));
        SegmentReader reader = new SegmentReader(from, to, record -> {});
        assertThatExceptionOfType(MalformedCatalogException.class)
                .isThrownBy(() -> reader.read(blocks.get(0)))
                .withMessageContaining("sequence " + sequence);
    }

    @Test
    void filesThatBreakOffAreMalformed() {
        List<byte[]> blocks = write(List.of(file("large", 40_000), file("next", 1)));
        assertMalformed(blocks.subList(0, 1), "ends in the middle of large: 23616 chunks are missing");
        assertMalformed(blocks.subList(1, 2), "a file's chunks break off or come from nowhere");
        assertMalformed(List.of(blocks.get(0), blocks.get(2), blocks.get(2)), "break off or come from nowhere");
        byte[] next = write(List.of(file("next", 1))).get(0);
        assertMalformed(List.of(blocks.get(0), next), "break off or come from nowhere");
    }

    @Test
    void filesWithMoreChunksThanTheyHaveOrNoneWhereSomeAreMissingAreMalformed() {
        byte[] block = write(List.of(file("two", 2))).get(0);
        int total = block.length - 2 * ChunkId.BYTES - 2;
        int here = total + 1;
        byte[] tooMany = block.clone();
        tooMany[total] = 1;
        assertMalformed(List.of(tooMany), "2 chunks where 1 are missing");
        byte[] none = Arrays.copyOf(block, here + 1);
        none[here] = 0;
        assertMalformed(List.of(none), "0 chunks where 2 are missing");
    }

    @Test
    void unknownKindsAndFormatsSayThatDsyncIsTooOld() {
        assertMalformed(List.of(new byte[] {2}), "format 2 is not known to this version of dsync");
        assertMalformed(List.of(new byte[] {1, 10, 1}), "record kind 10 is not known to this version of dsync");
        assertMalformed(List.of(new byte[] {1, 0, 1}), "record kind 0 is not known to this version of dsync");
        assertMalformed(List.of(new byte[0]), "it ends early");
    }

    private static PathVersion file(String path, int chunks) {
        Version version = new Version(
                RelativePath.of(path),
                VersionKind.FILE,
                chunks,
                Instant.EPOCH,
                0644,
                Optional.of(Sha256.of(new byte[32])),
                Optional.empty(),
                1,
                WriterId.of(7));
        return new PathVersion(version, new RandomRecords(chunks).chunks(chunks));
    }

    private static PackContents contents(int chunks) {
        return new PackContents(new RandomRecords(chunks).directory(chunks), 1);
    }

    private static VersionRemoved removed(String path) {
        return new VersionRemoved(RelativePath.of(path), 1, WriterId.of(7), 2);
    }

    private static List<byte[]> write(List<CatalogRecord> records) {
        List<byte[]> blocks = new ArrayList<>();
        new SegmentWriter(records.iterator()).forEachRemaining(blocks::add);
        return blocks;
    }

    private static List<CatalogRecord> read(List<byte[]> blocks) throws MalformedCatalogException {
        List<CatalogRecord> records = new ArrayList<>();
        SegmentReader reader = new SegmentReader(0, ALL, records::add);
        for (byte[] block : blocks) {
            reader.read(Arrays.copyOf(block, block.length));
        }
        reader.end();
        return records;
    }

    private static void assertMalformed(List<byte[]> blocks, String message) {
        assertThatExceptionOfType(MalformedCatalogException.class)
                .isThrownBy(() -> read(blocks))
                .withMessageContaining(message);
    }
}
