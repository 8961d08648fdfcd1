package dev.dsync.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.dsync.chunk.ChunkId;
import dev.dsync.codec.CodecId;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackDirectoryTest {

    private static final String ID = "00".repeat(ChunkId.BYTES);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void entriesSurviveEncoding(long seed) throws Exception {
        List<PackEntry> entries = entries(seed, new Random(seed).nextInt(300));
        assertThat(decode(PackDirectory.encode(entries))).as("seed %d", seed).isEqualTo(entries);
    }

    @Test
    void paddingIsIgnored() throws Exception {
        List<PackEntry> entries = entries(1, 3);
        byte[] bytes = PackDirectory.encode(entries);
        assertThat(decode(Arrays.copyOf(bytes, bytes.length + 1000))).isEqualTo(entries);
    }

    @ParameterizedTest
    @EnumSource(Suite.class)
    void offsetsFollowFromTheSealedLengthsBefore(Suite suite) throws Exception {
        List<PackEntry> entries = PackDirectory.decode(suite, ByteBuffer.wrap(PackDirectory.encode(entries(1, 9))));
        int expected = PackHeader.BYTES;
        for (PackEntry entry : entries) {
            assertThat(entry.offset()).isEqualTo(expected);
            expected += entry.sealedLength(suite);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', ends in the number of chunks",
        "80, ends in the number of chunks",
        "8000, more bytes than it needs",
        "808004, at most 65535",
        "ffffffff, more than 4 bytes",
        "ffffffffffffffffffffffff, more than 4 bytes",
        "01, 1 chunks cannot be listed in 0 bytes",
        "ffff03, 65535 chunks cannot be listed in 0 bytes",
        "01ID00, cannot be listed",
        "01ID000080, ends in the encoded length",
        "01ID03000000, Fernet",
        "01ID0500000000, no codec has the id 5",
        "01ID0081808002000000, is 4194305",
        "01ID0080000000, more bytes than it needs",
        "01ID00808080800100, more than 4 bytes",
        "01ID0000000001, byte 37 is padding",
        "02ID00ffffff01ffffff01, cannot be listed",
    })
    void hostileBytesAreRefusedWithTheReason(String hex, String reason) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace("ID", ID));
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOfSatisfying(
                        DamagedPackException.class,
                        e -> assertThat(e.part()).isEqualTo(DamagedPackException.Part.DIRECTORY))
                .hasMessageContaining(reason);
    }

    @Test
    void theLargestChunkIsListed() throws Exception {
        List<PackEntry> read = decode(HexFormat.of().parseHex("01" + ID + "00" + "80808002" + "80808002"));
        assertThat(read.get(0).rawSize()).isEqualTo(PackFormat.MAX_CHUNK_BYTES);
        assertThat(read.get(0).encodedLength()).isEqualTo(PackFormat.MAX_CHUNK_BYTES);
    }

    @Test
    void chunksThatTogetherExceedAPackAreRefused() {
        byte[] entry = HexFormat.of().parseHex(ID + "00" + "80808002" + "80808002");
        ByteBuffer bytes = ByteBuffer.allocate(1 + 33 * entry.length).put((byte) 33);
        for (int i = 0; i < 33; i++) {
            bytes.put(entry);
        }
        assertThatThrownBy(() -> decode(bytes.array())).hasMessageContaining("at most " + PackFormat.MAX_PACK_SIZE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noiseNeverTakesMoreMemoryThanItIsWorth(long seed) {
        byte[] noise = TestPacks.noise(seed, 4096);
        noise[0] = (byte) 0xff;
        noise[1] = (byte) 0xff;
        noise[2] = 3;
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        refuse(noise);
        long before = thread.getCurrentThreadAllocatedBytes();
        refuse(noise);
        assertThat(thread.getCurrentThreadAllocatedBytes() - before)
                .as("seed %d", seed)
                .isLessThan(64 << 10);
    }

    @Test
    void entriesOutOfOrderCannotBeEncoded() {
        List<PackEntry> entries = new ArrayList<>(entries(1, 2));
        assertThatThrownBy(() -> PackDirectory.encode(List.of(entries.get(1), entries.get(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuse(byte[] bytes) {
        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(DamagedPackException.class);
    }

    private static List<PackEntry> decode(byte[] bytes) throws DamagedPackException {
        return PackDirectory.decode(Suite.AES_256_GCM, ByteBuffer.wrap(bytes));
    }

    private static List<PackEntry> entries(long seed, int count) {
        Random random = new Random(seed);
        CodecId[] codecs = {CodecId.RAW, CodecId.ZSTD, CodecId.ZLIB};
        List<PackEntry> entries = new ArrayList<>();
        int offset = PackHeader.BYTES;
        for (int i = 0; i < count; i++) {
            ChunkId id = ChunkId.of(TestPacks.noise(random.nextLong(), ChunkId.BYTES));
            int encoded = random.nextInt(1 << random.nextInt(18));
            PackEntry entry = new PackEntry(i, id, codecs[random.nextInt(3)], random.nextInt(4 << 20), encoded, offset);
            entries.add(entry);
            offset += entry.sealedLength(Suite.AES_256_GCM);
        }
        return entries;
    }
}
