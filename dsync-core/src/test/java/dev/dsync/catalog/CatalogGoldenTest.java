package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.chunk.ChunkId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Roots, commits and segments of format version 1 to the last byte. These files never change. */
class CatalogGoldenTest {

    @Test
    void rootsHaveTheVeryBytesOfVersionOne() throws IOException {
        byte[] stored = stored("root-1.hex");
        assertThat(GoldenRecords.root().encode(Integer.MAX_VALUE)).isEqualTo(stored);
        assertThat(Root.decode(stored)).isEqualTo(GoldenRecords.root());
    }

    @Test
    void commitsHaveTheVeryBytesOfVersionOne() throws IOException {
        byte[] stored = stored("commit-1.hex");
        assertThat(CommitCodec.encode(GoldenRecords.commit())).isEqualTo(stored);
        assertThat(CommitCodec.decode(stored)).isEqualTo(GoldenRecords.commit());
    }

    @Test
    void blocksHaveTheVeryBytesOfVersionOne() throws IOException {
        byte[] stored = stored("block-1.hex");
        assertThat(new SegmentWriter(GoldenRecords.records().iterator()).next()).isEqualTo(stored);
        List<CatalogRecord> read = new ArrayList<>();
        SegmentReader reader = new SegmentReader(0, 2, read::add);
        reader.read(stored);
        reader.end();
        assertThat(read).isEqualTo(GoldenRecords.records());
    }

    @Test
    void blocksOfTheClassicLayoutHaveTheVeryBytesOfVersionOne() throws IOException {
        byte[] stored = stored("block-classic-1.hex");
        assertThat(new SegmentWriter(GoldenRecords.classicRecords().iterator()).next())
                .isEqualTo(stored);
        List<CatalogRecord> read = new ArrayList<>();
        SegmentReader reader = new SegmentReader(0, 2, read::add);
        reader.read(stored);
        reader.end();
        assertThat(read).isEqualTo(GoldenRecords.classicRecords());
    }

    /** Of a file with more chunks than a record has; the blocks are too long to be written down whole. */
    @Test
    void recordsThatGoOnHaveTheVeryBytesOfVersionOne() throws Exception {
        SegmentWriter writer = new SegmentWriter(GoldenRecords.manyChunks().iterator());
        byte[] first = writer.next();
        byte[] second = writer.next();
        assertThat(writer.hasNext()).isFalse();
        assertThat(digest(first)).isEqualTo("905ae333b76566563ba0ad1b65dbb967d8306a028f4a8a10a72575460766ddb5");
        assertThat(digest(second)).isEqualTo("20534292f1de1d1e7f9abedc77057e0d8058e75f7b1e69c01439e8c6cb4e50ff");
        // Format, kind 7, sequence 0, and 20,000 - 16,384 chunks as a varint; then the ids.
        assertThat(second).startsWith(1, 7, 0, 0xa0, 0x1c).hasSize(5 + (20_000 - 16_384) * ChunkId.BYTES);
        List<CatalogRecord> read = new ArrayList<>();
        SegmentReader reader = new SegmentReader(0, 2, read::add);
        reader.read(first);
        reader.read(second);
        reader.end();
        assertThat(read).isEqualTo(GoldenRecords.manyChunks());
    }

    private static String digest(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CatalogGoldenTest.class.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }
}
