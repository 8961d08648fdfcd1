package dev.dsync.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.Place;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetId;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads store on many targets that fail at random. Nothing is lost, nothing waits for ever. */
@Timeout(300)
class PoolUnderFireTest {

    private static final int TARGETS = 6;
    private static final int THREADS = 4;
    private static final int UPLOADS = 40;

    /** What one thread asked for, and what it got. */
    private record Asked(int copies, int[] sizes, CompletableFuture<List<Placed>> upload) {}

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingIsStoredAsOftenAsAsked(long seed) throws Exception {
        List<StorageBackend> targets = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            targets.add(target(seed, i, new SometimesAway(seed * 31 + i)));
        }
        try (Pools pools = new Pools(seed, PoolListener.SILENT, targets.toArray(StorageBackend[]::new))) {
            for (Asked asked : ask(seed, pools)) {
                List<Placed> placed = asked.upload().get();
                assertThat(placed).as("seed " + seed).hasSize(asked.copies());
                requireStored(pools, asked, placed);
            }
            assertThat(pools.heard).as("seed " + seed).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everythingEndsWhoeverDies(long seed) throws Exception {
        AtomicInteger putsLeft = new AtomicInteger(new Random(seed).nextInt(150));
        List<StorageBackend> targets = new ArrayList<>();
        for (int i = 0; i < TARGETS; i++) {
            targets.add(target(seed, i, new Mortal(seed * 31 + i, putsLeft)));
        }
        try (Pools pools = new Pools(seed, PoolListener.SILENT, targets.toArray(StorageBackend[]::new))) {
            for (Asked asked : ask(seed, pools)) {
                try {
                    List<Placed> placed = asked.upload().get();
                    assertThat(placed).as("seed " + seed).hasSizeBetween(1, asked.copies());
                    requireStored(pools, asked, placed);
                } catch (ExecutionException e) {
                    assertThat(e).as("seed " + seed).hasCauseInstanceOf(StorageException.class);
                    assertThat(pools.pool.live()).as("seed " + seed).isEmpty();
                }
            }
        }
    }

    /** Some targets share an account, some a lane, some both. */
    private static StorageBackend target(long seed, int number, Site.Gate gate) {
        Random random = new Random(seed * 1_000 + number);
        int blobs = 2 + random.nextInt(3);
        var inner = new MemoryBackend(
                new TargetId("memory:" + number), new BackendLimits(1_000, blobs, 1_000 + random.nextInt(3_000)));
        return new Site(inner, new Place("memory", "account" + random.nextInt(4), "lane" + random.nextInt(4)), gate);
    }

    private static List<Asked> ask(long seed, Pools pools) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<List<Asked>>> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed * 100 + i);
                tasks.add(() -> ask(random, pools));
            }
            List<Asked> all = new ArrayList<>();
            for (Future<List<Asked>> asked : threads.invokeAll(tasks)) {
                all.addAll(asked.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Asked> ask(Random random, Pools pools) {
        List<Asked> all = new ArrayList<>();
        for (int i = 0; i < UPLOADS; i++) {
            int[] sizes = random.ints(1 + random.nextInt(2), 1, 500).toArray();
            int copies = 1 + random.nextInt(3);
            all.add(new Asked(copies, sizes, pools.store(copies, sizes)));
        }
        return all;
    }

    private static void requireStored(Pools pools, Asked asked, List<Placed> placed) throws StorageException {
        assertThat(placed.stream().map(Placed::target)).doesNotHaveDuplicates();
        for (Placed copy : placed) {
            for (int i = 0; i < asked.sizes().length; i++) {
                ByteBuffer content = ByteBuffer.allocate(asked.sizes()[i]);
                pools.pool
                        .find(copy.target())
                        .orElseThrow()
                        .read(copy.addresses().get(i), 0, content);
                assertThat(content.array()).isEqualTo(Pools.content(asked.sizes()[i]));
            }
        }
    }

    /** Does not answer now and then, but never so often in a row that it is given up. */
    private static final class SometimesAway implements Site.Gate {

        private final Random random;
        private int inARow;

        SometimesAway(long seed) {
            this.random = new Random(seed);
        }

        @Override
        public synchronized void pass() throws StorageException {
            inARow = random.nextInt(3) == 0 && inARow < Target.FAILURES_IN_A_ROW - 1 ? inARow + 1 : 0;
            if (inARow > 0) {
                throw new TargetUnavailableException("away", Duration.ofSeconds(random.nextInt(10)));
            }
        }
    }

    /** After some puts on any of the targets, each dies at its next. */
    private static final class Mortal implements Site.Gate {

        private final Random random;
        private final AtomicInteger putsLeft;

        Mortal(long seed, AtomicInteger putsLeft) {
            this.random = new Random(seed);
            this.putsLeft = putsLeft;
        }

        @Override
        public synchronized void pass() throws StorageException {
            if (putsLeft.getAndDecrement() > 0 && random.nextInt(30) > 0) {
                return;
            }
            switch (random.nextInt(3)) {
                case 0 -> throw new TargetGoneException("dead");
                case 1 -> throw new TargetBlockedException("dead");
                default -> throw new TargetUnavailableException("dead", Duration.ofSeconds(1));
            }
        }
    }
}
