package dev.dsync.pipeline.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.Packs.ChunkPlace;
import dev.dsync.pipeline.SpoiltBackend;
import dev.dsync.pipeline.StoredPlaces;
import dev.dsync.vault.TestVault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileContentTest {

    @TempDir
    private Path folder;

    private final SpoiltBackend a = new SpoiltBackend("a");
    private final SpoiltBackend b = new SpoiltBackend("b");
    private TestVault home;

    @BeforeEach
    void open() throws IOException {
        home = new TestVault(folder.resolve("home"), 1, a);
    }

    @AfterEach
    void close() throws IOException {
        home.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anyRangeEqualsTheFile(long seed) throws Exception {
        Random random = new Random(seed);
        byte[] content = mixed(random, 14_000_000);
        store("file", content);
        byte[] edited = mixed(random, 1_000_000);
        System.arraycopy(edited, 0, content, 6_000_000, edited.length);
        store("file", content);
        FileContent file = home.content("file");
        SeekableByteChannel channel = file.channel();
        for (int i = 0; i < 60; i++) {
            int from = random.nextInt(content.length + 1);
            int length = random.nextInt(Math.min(3_000_000, content.length - from + 1));
            byte[] wanted = Arrays.copyOfRange(content, from, from + length);
            assertThat(range(file, from, length))
                    .as("%d bytes from %d", length, from)
                    .isEqualTo(wanted);
            ByteBuffer read = ByteBuffer.allocate(length);
            assertThat(channel.position(from).read(read)).isEqualTo(from == content.length ? -1 : length);
            assertThat(read.array())
                    .as("channel, %d bytes from %d", length, from)
                    .isEqualTo(wanted);
        }
        assertThat(range(file, 0, content.length)).isEqualTo(content);
    }

    @Test
    void readingOnFetchesManyChunksAtATime() throws Exception {
        byte[] content = incompressible(20_000_000);
        store("file", content);
        a.takeReads();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (SeekableByteChannel channel = home.content("file").channel()) {
            ByteBuffer buffer = ByteBuffer.allocate(60_000);
            while (channel.read(buffer.clear()) >= 0) {
                read.write(buffer.array(), 0, buffer.position());
            }
        }
        assertThat(read.toByteArray()).isEqualTo(content);
        assertThat(a.takeReads()).hasSizeLessThan(14);
        range(home.content("file"), 0, content.length);
        assertThat(a.takeReads()).hasSizeLessThan(9);
    }

    @Test
    void readingHereAndThereFetchesLittleMoreThanOneChunk() throws Exception {
        byte[] content = incompressible(20_000_000);
        store("file", content);
        a.takeReads();
        SeekableByteChannel channel = home.content("file").channel();
        for (int offset : List.of(19_999_990, 5, 11_000_000, 7_000_000, 7_000_020)) {
            ByteBuffer ten = ByteBuffer.allocate(10);
            channel.position(offset).read(ten);
            assertThat(ten.array()).isEqualTo(Arrays.copyOfRange(content, offset, offset + 10));
        }
        List<SpoiltBackend.Read> reads = a.takeReads();
        assertThat(reads).hasSizeBetween(4, 5);
        assertThat(reads)
                .allSatisfy(read -> assertThat(read.offset() % (256 << 10)).isZero());
        long mean = reads.stream().mapToLong(SpoiltBackend.Read::length).sum() / reads.size();
        assertThat(mean).isLessThan(3 << 20);
    }

    @Test
    void hugeFileIsReadInBoundedMemory() throws Exception {
        long size = 1L << 30;
        try (RandomAccessFile file =
                new RandomAccessFile(home.synced().resolve("huge").toFile(), "rw")) {
            file.setLength(size);
        }
        home.sync();
        long[] counted = new long[1];
        home.content("huge").transferTo(1, size - 1, new OutputStream() {
            @Override
            public void write(int b) {
                counted[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                counted[0] += length;
            }
        });
        assertThat(counted[0]).isEqualTo(size - 1);
    }

    @Test
    void emptyFileHasNoContent() throws Exception {
        store("file", new byte[0]);
        FileContent file = home.content("file");
        assertThat(file.size()).isZero();
        assertThat(range(file, 0, 0)).isEmpty();
        assertThat(file.channel().read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void whatIsNotThereCannotBeAskedFor() throws Exception {
        store("file", new byte[10]);
        FileContent file = home.content("file");
        assertThatThrownBy(() -> range(file, 5, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> range(file, -1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        SeekableByteChannel channel = file.channel();
        assertThat(channel.position(11).read(ByteBuffer.allocate(1))).isEqualTo(-1);
        assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1))).isInstanceOf(NonWritableChannelException.class);
        channel.close();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void damageIsNamedByPathChunkAndPack() throws Exception {
        byte[] content = incompressible(9_000_000);
        store("file", content);
        ChunkPlace place = StoredPlaces.places(home, "file", 2).get(0);
        a.flip(StoredPlaces.on(a, place.pack()), StoredPlaces.inside(place.entry()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThatThrownBy(() -> home.content("file").transferTo(0, content.length, out))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file: chunk 2 of its ")
                .hasMessageContaining(place.pack().id().toString());
        assertThat(out.toByteArray()).isNotEmpty().isEqualTo(Arrays.copyOf(content, out.size()));
    }

    @Test
    void damagedChunkIsReadFromAnotherCopy() throws Exception {
        home.on(a, b).copies(2);
        byte[] content = incompressible(9_000_000);
        store("file", content);
        for (int chunk = 0; chunk < 4; chunk++) {
            ChunkPlace place = StoredPlaces.places(home, "file", chunk).get(0);
            SpoiltBackend target = chunk % 2 == 0 ? a : b;
            target.flip(StoredPlaces.on(target, place.pack()), StoredPlaces.inside(place.entry()));
        }
        assertThat(range(home.content("file"), 0, content.length)).isEqualTo(content);
    }

    @Test
    void lostPackIsReadFromAnotherCopy() throws Exception {
        home.on(a, b).copies(2);
        byte[] content = incompressible(9_000_000);
        store("file", content);
        ChunkPlace place = StoredPlaces.places(home, "file", 0).get(0);
        a.lose(StoredPlaces.on(a, place.pack()));
        assertThat(range(home.content("file"), 0, content.length)).isEqualTo(content);
    }

    private void store(String name, byte[] content) throws Exception {
        Path file = home.synced().resolve(name);
        Files.deleteIfExists(file);
        Files.write(file, content);
        assertThat(home.sync().failed()).isEmpty();
    }

    private static byte[] range(FileContent file, long offset, long length) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.transferTo(offset, length, out);
        return out.toByteArray();
    }

    private static byte[] incompressible(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** Some of it random, some of it zeros, some of it repeated. */
    private static byte[] mixed(Random random, int size) {
        byte[] content = new byte[size];
        for (int at = 0; at < size; ) {
            int length = Math.min(size - at, 1 + random.nextInt(3_000_000));
            byte[] piece = new byte[length];
            switch (random.nextInt(3)) {
                case 0 -> random.nextBytes(piece);
                case 1 -> System.arraycopy(content, 0, piece, 0, Math.min(at, length));
                default -> {
                    // It stays zero.
                }
            }
            System.arraycopy(piece, 0, content, at, length);
            at += length;
        }
        return content;
    }
}
