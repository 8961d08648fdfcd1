package dev.dsync.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.discord.emulator.Fault;
import dev.dsync.discord.emulator.Faults.Where;
import dev.dsync.placement.Health;
import dev.dsync.placement.Pause;
import dev.dsync.placement.Placed;
import dev.dsync.placement.PoolListener;
import dev.dsync.placement.PoolSettings;
import dev.dsync.placement.TargetPool;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.StorageException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The pool of targets on three webhooks, with all limits enforced: its threads share a clock that runs very fast. */
class PoolOnDiscordTest extends EmulatedHome {

    private static final int PACKS = 600;
    private static final Duration STEP = Duration.ofMillis(100);

    private final Pause fast = (signal, atMost) -> {
        if (!signal.await(1, TimeUnit.MILLISECONDS)) {
            clock.sleep(atMost.compareTo(STEP) < 0 ? atMost : STEP);
        }
    };

    private TargetPool pool(List<DiscordBackend> backends) {
        return new TargetPool(backends, PoolSettings.PLAIN, PoolListener.SILENT, clock, fast, new Random(5));
    }

    private List<DiscordBackend> openAll() throws StorageException {
        Homes home = new Homes(folder, clock);
        List<DiscordBackend> backends = new ArrayList<>();
        for (String url : emulator.urls()) {
            backends.add(home.open(url));
        }
        return backends;
    }

    /**
     * Hands everything over. The first request of each lane is held until all of it waits and the other lane sends too:
     * else the quickest thread would decide how much there is to put into a request, and who gets any.
     */
    private List<CompletableFuture<List<Placed>>> storeAll(TargetPool pool) {
        CountDownLatch begun = new CountDownLatch(3);
        emulator.onArrival(method -> {
            begun.countDown();
            await(begun);
        });
        List<CompletableFuture<List<Placed>>> stored = new ArrayList<>();
        for (int i = 0; i < PACKS; i++) {
            stored.add(pool.store(List.of(random(100, i)), 1));
        }
        begun.countDown();
        return stored;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void checkAll(List<CompletableFuture<List<Placed>>> stored, List<DiscordBackend> backends)
            throws Exception {
        for (int i = 0; i < stored.size(); i++) {
            Placed placed = stored.get(i).get().get(0);
            BlobAddress address = placed.addresses().get(0);
            ByteBuffer read = ByteBuffer.allocate(100);
            for (DiscordBackend backend : backends) {
                if (backend.id().equals(placed.target())) {
                    backend.read(address, 0, read);
                }
            }
            assertThat(read.flip()).as("pack %d", i).isEqualTo(random(100, i));
        }
    }

    @Test
    void storesInFullRequestsWithoutEverBeingRefused() throws Exception {
        List<DiscordBackend> backends = openAll();
        try (TargetPool pool = pool(backends)) {
            checkAll(storeAll(pool), backends);
        }
        assertThat(emulator.tally().answers(429))
                .as("429 of %s", emulator.tally())
                .isZero();
        assertThat(emulator.tally().requests("POST webhook")).isLessThan(PACKS / 8);
    }

    @Test
    void workOfADeadWebhookGoesToTheOthers() throws Exception {
        List<DiscordBackend> backends = openAll();
        emulator.deleteWebhook(1);
        emulator.faults().next(Where.UPLOAD, Fault.BAD_GATEWAY, 2);
        try (TargetPool pool = pool(backends)) {
            checkAll(storeAll(pool), backends);
            assertThat(pool.health(backends.get(0).id())).isEqualTo(Health.READY);
            assertThat(pool.health(backends.get(1).id())).isEqualTo(Health.RETIRED);
        }
    }
}
