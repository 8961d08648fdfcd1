package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.discord.emulator.Emulator;
import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.ManualClock;
import dev.dsync.placement.Placed;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.PoolSettings;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand small packs through the pool and its lanes, every twentieth request going wrong in some way, against all
 * limits. Time passes as fast as the threads work.
 */
@Timeout(300)
class SoakTest {

    private static final int PACKS = 2000;
    private static final long SEED = 20261122;

    /** Large enough that the emulator keeps it on disk: what memory there is in use is ours. */
    private static final int PACK_BYTES = 17_000;

    /** How many packs wait or are under way at most, as in a sync, where the memory is counted. */
    private static final int AT_ONCE = 100;

    /** Live memory may grow by so much, less than half of what is stored: packs under way, and the links of all. */
    private static final long MOST_GROWTH = 16 << 20;

    private static final int LOOK_AT_MEMORY_EVERY = 250;

    private static final List<Fault> FAULTS = List.of(
            Fault.REPLY_LOST,
            Fault.REPLY_LOST,
            Fault.RESET_UPLOAD,
            Fault.RESET_UPLOAD,
            Fault.RESET_DOWNLOAD,
            Fault.RESET_DOWNLOAD,
            Fault.BAD_GATEWAY,
            Fault.BAD_GATEWAY,
            Fault.FAILED_AFTERWARDS,
            Fault.WRONG_SIZE,
            Fault.LIMITED,
            Fault.TRUNCATED,
            Fault.TRUNCATED_SHORT_LENGTH,
            Fault.WRONG_RANGE,
            Fault.RANGE_IGNORED,
            Fault.LINK_EXPIRED_EARLY);

    private final ManualClock clock = new ManualClock();
    private final Lockstep time = new Lockstep(clock);
    private final Random random = new Random(SEED);
    private long baseline;
    private long mostGrowth;

    @TempDir
    private Path folder;

    @Test
    void everythingComesBackWithoutAStormOfRefusalsInBoundedMemory() throws Exception {
        try (Emulator emulator = Emulator.start(clock, 3, 2)) {
            Homes home = new Homes(folder, clock, time::sleep);
            List<DiscordBackend> backends = new ArrayList<>();
            for (String url : emulator.urls()) {
                backends.add(home.open(url));
            }
            emulator.faults().inTurn(20, FAULTS);
            baseline = liveMemory();
            try (TargetPool pool =
                    new TargetPool(backends, PoolSettings.PLAIN, PoolListener.SILENT, clock, time, new Random(SEED))) {
                // the lanes, and this thread
                time.begin(3);
                List<List<StoredCopy>> stored = storeAll(pool);
                restoreAll(pool, stored);
                time.end();
            }
            int refused = emulator.tally().answers(401)
                    + emulator.tally().answers(403)
                    + emulator.tally().answers(429);
            assertThat(refused)
                    .as("refused of %s", emulator.tally())
                    .isLessThan(emulator.tally().requests() / 200);
            assertThat(emulator.tally().answers(404)).as("links refused early").isPositive();
            assertThat(backends.stream()
                            .mapToLong(DiscordBackend::uploadsRepeated)
                            .sum())
                    .isPositive();
            assertThat(mostGrowth).as("growth of live memory, in bytes").isLessThan(MOST_GROWTH);
        }
    }

    private List<List<StoredCopy>> storeAll(TargetPool pool) throws Exception {
        List<List<StoredCopy>> stored = new ArrayList<>();
        Deque<CompletableFuture<List<Placed>>> underWay = new ArrayDeque<>();
        for (int number = 0; number < PACKS; number++) {
            if (underWay.size() == AT_ONCE) {
                stored.add(copies(underWay.remove()));
            }
            underWay.add(pool.store(List.of(pack(number)), 1 + (random.nextInt(3) == 0 ? 1 : 0)));
            lookAtMemory(number);
        }
        while (!underWay.isEmpty()) {
            stored.add(copies(underWay.remove()));
        }
        return stored;
    }

    private List<StoredCopy> copies(CompletableFuture<List<Placed>> upload) throws Exception {
        while (!upload.isDone()) {
            time.sleep(Duration.ofSeconds(20));
        }
        return upload.get().stream()
                .map(placed ->
                        new StoredCopy(placed.target(), placed.addresses().get(0)))
                .toList();
    }

    private void restoreAll(TargetPool pool, List<List<StoredCopy>> stored) throws Exception {
        ByteBuffer read = ByteBuffer.allocate(PACK_BYTES);
        for (int number = 0; number < PACKS; number++) {
            read(pool, stored.get(number), read.clear());
            assertThat(read.flip()).as("pack %d, seed %d", number, SEED).isEqualTo(pack(number));
            lookAtMemory(number);
        }
    }

    private void read(TargetPool pool, List<StoredCopy> copies, ByteBuffer target) throws Exception {
        while (true) {
            try {
                pool.read(copies, 0, target.clear());
                return;
            } catch (TargetUnavailableException e) {
                time.sleep(e.retryAfter());
            }
        }
    }

    private static ByteBuffer pack(int number) {
        byte[] content = new byte[PACK_BYTES];
        new Random(number).nextBytes(content);
        return ByteBuffer.wrap(content);
    }

    private void lookAtMemory(int number) {
        if (number % LOOK_AT_MEMORY_EVERY == LOOK_AT_MEMORY_EVERY - 1) {
            mostGrowth = Math.max(mostGrowth, liveMemory() - baseline);
        }
    }

    private static long liveMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
