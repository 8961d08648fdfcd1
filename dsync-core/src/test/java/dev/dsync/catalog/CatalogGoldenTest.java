package dev.dsync.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    private static byte[] stored(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CatalogGoldenTest.class.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
        }
    }
}
