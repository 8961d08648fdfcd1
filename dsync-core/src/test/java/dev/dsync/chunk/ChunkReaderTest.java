package dev.dsync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dsync.key.SecretBytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class ChunkReaderTest {

    private static final int MAX = 4096;

    private final Chunker chunker = new FastCdcChunker(SecretBytes.of(new byte[32]), 256, 1024, MAX);
    private final ByteBudget budget = new ByteBudget(1 << 20, 0);
    private final ChunkReader reader = new ChunkReader(chunker, budget);

    /** A source that yields at most {@code most} bytes a read, and none at all at every other one. */
    private record Slow(byte[] content, int most, int[] state) implements ReadableByteChannel {
        Slow(byte[] content, int most) {
            this(content, most, new int[2]);
        }

        @Override
        public int read(ByteBuffer target) {
            state[1]++;
            if (state[0] == content.length) {
                return -1;
            }
            if (state[1] % 2 == 0) {
                return 0;
            }
            int count = Math.min(Math.min(most, target.remaining()), content.length - state[0]);
            target.put(content, state[0], count);
            state[0] += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** A source that yields {@code content} and then fails; remembers whether it was closed. */
    private static class Failing implements ReadableByteChannel {
        private final ByteBuffer content;
        private boolean open = true;

        Failing(byte[] content) {
            this.content = ByteBuffer.wrap(content);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (!content.hasRemaining()) {
                throw new IOException("bad sector");
            }
            int count = Math.min(content.remaining(), target.remaining());
            target.put(content.slice().limit(count));
            content.position(content.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    private static ReadableByteChannel channel(byte[] content) {
        return Channels.newChannel(new ByteArrayInputStream(content));
    }

    private void assertReads(byte[] content, ReadableByteChannel source, long expectedBytes) throws Exception {
        List<Integer> lengths = new ArrayList<>();
        ByteBuffer found = ByteBuffer.allocate(content.length);
        try (Chunks chunks = reader.open(source, expectedBytes)) {
            for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
                try (Chunk chunk = next.get()) {
                    assertThat(chunk.offset()).isEqualTo(found.position());
                    lengths.add(chunk.length());
                    found.put(chunk.bytes());
                }
            }
            assertThat(chunks.next()).isEmpty();
        }
        assertThat(found.array()).isEqualTo(content);
        assertThat(lengths).isEqualTo(ChunkerContract.lengths(chunker, content));
        assertThat(budget.used()).as("bytes left on lease").isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 255, 256, 257, 4095, 4096, 4097, 8191, 8192, 8193, 100_000, 300_001})
    void chunksAreTheFileCutByTheChunker(int size) throws Exception {
        byte[] content = PinnedBytes.of(size, size);

        assertReads(content, channel(content), size);
    }

    @ParameterizedTest
    @CsvSource({"300001,1", "300001,700", "5000,3", "1,1", "0,1"})
    void slowSourcesYieldTheSameChunks(int size, int most) throws Exception {
        byte[] content = PinnedBytes.of(size, size);

        assertReads(content, new Slow(content, most), size);
    }

    @Test
    void chunkerSeesAllItHasToSeeOfASlowSource() throws Exception {
        byte[] content = PinnedBytes.of(6, 25_500);
        List<Integer> lengths = new ArrayList<>();
        try (Chunks chunks = new ChunkReader(new FixedSizeChunker(1000), budget).open(new Slow(content, 1), 25_500)) {
            for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
                lengths.add(next.get().length());
                next.get().close();
            }
        }
        assertThat(lengths).isEqualTo(ChunkerContract.lengths(new FixedSizeChunker(1000), content));
    }

    @ParameterizedTest
    @CsvSource({"50000,0", "50000,10", "50000,-1", "50000,49999", "100,50000", "0,50000", "50000,9223372036854775807"})
    void wrongExpectationOfTheSizeChangesNothing(int size, long expected) throws Exception {
        byte[] content = PinnedBytes.of(size, size);

        assertReads(content, channel(content), expected);
    }

    @Test
    void failedReadLeavesNothingOnLease() throws Exception {
        Failing source = new Failing(PinnedBytes.of(1, 10_000));
        try (Chunks chunks = reader.open(source, 50_000)) {
            chunks.next().orElseThrow().close();
            assertThatIOException()
                    .isThrownBy(() -> {
                        while (true) {
                            chunks.next().orElseThrow().close();
                        }
                    })
                    .withMessage("bad sector");
        }

        assertThat(budget.used()).isZero();
        assertThat(source.isOpen()).isFalse();
    }

    @Test
    void sourceThatYieldsNothingForEverIsGivenUp() throws Exception {
        ReadableByteChannel stuck = new Failing(new byte[0]) {
            @Override
            public int read(ByteBuffer target) {
                return 0;
            }
        };
        try (Chunks chunks = reader.open(stuck, 10)) {
            assertThatIOException().isThrownBy(chunks::next).withMessageContaining("yielded nothing");
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void smallFileTakesNoMoreMemoryThanItsSize() throws Exception {
        byte[] content = PinnedBytes.of(2, 200);
        try (Chunks chunks = reader.open(channel(content), content.length)) {
            assertThat(budget.used()).isZero();
            try (Chunk chunk = chunks.next().orElseThrow()) {
                assertThat(chunk.length()).isEqualTo(200);
                assertThat(budget.used()).isEqualTo(201);
                assertThat(chunks.next()).isEmpty();
            }
        }
    }

    @Test
    void largeFileTakesTheWindowAndTheChunksHandedOut() throws Exception {
        byte[] content = PinnedBytes.of(3, 500_000);
        long handedOut = 0;
        List<Chunk> held = new ArrayList<>();
        try (Chunks chunks = reader.open(channel(content), content.length)) {
            for (int i = 0; i < 20; i++) {
                Chunk chunk = chunks.next().orElseThrow();
                held.add(chunk);
                handedOut += chunk.length();
                assertThat(budget.used()).isEqualTo(2 * MAX + handedOut);
            }
            while (handedOut < content.length) {
                Chunk chunk = chunks.next().orElseThrow();
                held.add(chunk);
                handedOut += chunk.length();
            }
            assertThat(budget.used()).as("the window goes with the last chunk").isEqualTo(handedOut);
        }
        held.forEach(Chunk::close);
    }

    @Test
    void chunksStayGoodAfterTheWindowMovedOn() throws Exception {
        byte[] content = PinnedBytes.of(4, 60_000);
        List<Chunk> held = new ArrayList<>();
        try (Chunks chunks = reader.open(channel(content), content.length)) {
            for (Optional<Chunk> next = chunks.next(); next.isPresent(); next = chunks.next()) {
                held.add(next.get());
            }
        }

        for (Chunk chunk : held) {
            int start = (int) chunk.offset();
            assertThat(chunk.bytes())
                    .isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(content, start, start + chunk.length())));
            chunk.close();
        }
        assertThat(budget.used()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void interruptionIsNotMistakenForADamagedFile(int chunksBefore) throws Exception {
        byte[] content = PinnedBytes.of(5, 30_000);
        try (Chunks chunks = reader.open(channel(content), content.length)) {
            for (int i = 0; i < chunksBefore; i++) {
                chunks.next().orElseThrow().close();
            }
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(chunks::next);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(budget.used()).isZero();
    }

    /** The channel closes itself when a thread that reads from it is interrupted. */
    @Test
    void interruptionWhileReadingIsOneToo() throws Exception {
        ReadableByteChannel interrupted = new Failing(new byte[0]) {
            @Override
            public int read(ByteBuffer target) throws IOException {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        };
        try (Chunks chunks = reader.open(interrupted, 100)) {
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(chunks::next);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void readerWaitsForMemoryAndStopsWhenThePassIsEnded() throws Exception {
        Lease others = budget.acquire((1 << 20) - 100);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Chunks chunks = reader.open(channel(new byte[5000]), 5000)) {
            Future<Optional<Chunk>> next = thread.submit(chunks::next);
            while (budget.waiting() == 0) {
                assertThat(Thread.interrupted()).as("out of time").isFalse();
                Thread.yield();
            }
            budget.close();
            assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                    .isThrownBy(next::get)
                    .withCauseInstanceOf(CancellationException.class);
        } finally {
            thread.shutdownNow();
        }
        others.close();
        assertThat(budget.used()).isZero();
    }
}
