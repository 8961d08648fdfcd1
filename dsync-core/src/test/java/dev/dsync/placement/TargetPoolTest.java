package dev.dsync.placement;

import static dev.dsync.placement.Pools.id;
import static dev.dsync.storage.FaultyBackend.Operation.PUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.Place;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a pool stores what, and with what in one request. */
@Timeout(300)
class TargetPoolTest {

    @Nested
    class WhatIsStored {

        @ParameterizedTest
        @CsvSource({"80, 1 3 3", "100, 1 2 2 2", "250, 1 1 1 1 1 1 1", "1, 1 4 2"})
        void fillsRequests(int size, String batches) throws Exception {
            CountDownLatch queued = new CountDownLatch(1);
            var memory = new MemoryBackend(id("a"), new BackendLimits(250, 4, 250));
            Site site = new Site(memory, new Place("memory", "a", "a"), Pools.after(queued));
            try (Pools pools = new Pools(site)) {
                List<CompletableFuture<?>> uploads = new ArrayList<>(List.of(pools.store(1, size)));
                while (site.batches().isEmpty()) {
                    Thread.onSpinWait();
                }
                for (int i = 0; i < 6; i++) {
                    uploads.add(pools.store(1, size));
                }
                queued.countDown();
                CompletableFuture.allOf(uploads.toArray(CompletableFuture[]::new))
                        .get();
                assertThat(site.batches().stream().map(String::valueOf).toList())
                        .containsExactly(batches.split(" "));
            }
        }

        @Test
        void canBeReadWhereItIsSaidToBe() throws Exception {
            var memory = new MemoryBackend(id("a"), new BackendLimits(1_000, 4, 2_000));
            try (Pools pools = new Pools(memory)) {
                Placed placed = pools.store(1, 10, 20, 30).get().get(0);
                for (int i = 0; i < 3; i++) {
                    ByteBuffer content = ByteBuffer.allocate((i + 1) * 10);
                    memory.read(placed.addresses().get(i), 0, content);
                    assertThat(content.array()).isEqualTo(Pools.content((i + 1) * 10));
                }
            }
        }

        @Test
        void isStoredAgainWhenTheReplyIsLost() throws Exception {
            var faulty = new FaultyBackend(Site.memory("a")).at(PUT, 1, Fault.LOST_REPLY);
            try (Pools pools = new Pools(faulty)) {
                assertThat(pools.stored(1, 10)).containsExactly(id("a"));
                assertThat(faulty.calls(PUT)).isEqualTo(2);
            }
        }
    }

    @Nested
    class WhatWaitsForCompany {

        private final Site site = new Site(
                new MemoryBackend(id("a"), new BackendLimits(250, 4, 250)),
                Site.memory("a").place(),
                Site.Gate.OPEN);

        /** Time stands still: whoever waits is woken by others alone. */
        private TargetPool still() {
            Pause still = (signal, atMost) -> signal.await();
            return new TargetPool(
                    List.of(site), PoolSettings.PLAIN, PoolListener.SILENT, () -> Instant.EPOCH, still, new Random(1));
        }

        @Test
        void goesOnceTheRequestIsFull() throws Exception {
            try (TargetPool pool = still()) {
                CompletableFuture<?> first = pool.storeInCompany(List.of(ByteBuffer.allocate(100)), 1);
                assertThat(site.batches()).isEmpty();
                CompletableFuture<?> second = pool.storeInCompany(List.of(ByteBuffer.allocate(100)), 1);
                CompletableFuture.allOf(first, second).get();
                assertThat(site.batches()).containsExactly(2);
            }
        }

        @Test
        void goesWithWhatCannotWait() throws Exception {
            try (TargetPool pool = still()) {
                CompletableFuture<?> patient = pool.storeInCompany(List.of(ByteBuffer.allocate(10)), 1);
                CompletableFuture<?> urgent = pool.store(List.of(ByteBuffer.allocate(10)), 1);
                CompletableFuture.allOf(patient, urgent).get();
                assertThat(site.batches()).containsExactly(2);
            }
        }

        @Test
        void goesWhenItIsTold() throws Exception {
            try (TargetPool pool = still()) {
                CompletableFuture<?> upload = pool.storeInCompany(List.of(ByteBuffer.allocate(10)), 1);
                assertThat(upload).isNotDone();
                pool.hurry();
                upload.get();
            }
        }

        @Test
        void goesAloneWhenNobodyComes() throws Exception {
            try (Pools pools = new Pools(site)) {
                pools.pool.storeInCompany(List.of(ByteBuffer.allocate(10)), 1).get();
                assertThat(pools.time.waits()).containsExactly(5L);
            }
        }
    }

    @Nested
    class Copies {

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void lieOnDifferentAccounts(long seed) throws Exception {
            try (Pools pools = new Pools(
                    seed,
                    PoolListener.SILENT,
                    Site.in("x", "a", Site.Gate.OPEN),
                    Site.in("x", "b", Site.Gate.OPEN),
                    Site.in("y", "c", Site.Gate.OPEN))) {
                for (int i = 1; i < 20; i++) {
                    assertThat(pools.stored(2, i)).hasSize(2).contains(id("c"));
                }
            }
        }

        @Test
        void shareAnAccountWhereThereIsNoOther() throws Exception {
            try (Pools pools = new Pools(Site.in("x", "a", Site.Gate.OPEN), Site.in("x", "b", Site.Gate.OPEN))) {
                assertThat(pools.stored(2, 10)).containsExactly(id("a"), id("b"));
            }
        }

        @Test
        void shareAnAccountWhereTheOtherDoesNotTakeSoMuch() throws Exception {
            var small = new MemoryBackend(id("small"), new BackendLimits(5, 1, 5));
            try (Pools pools = new Pools(
                    Site.in("x", "a", Site.Gate.OPEN), Site.in("x", "b", Site.Gate.OPEN), Site.around(small, "y"))) {
                assertThat(pools.stored(2, 10)).containsExactly(id("a"), id("b"));
            }
        }

        @Test
        void areAsManyAsThereAreTargets() throws Exception {
            try (Pools pools = new Pools(Site.alone("a"), Site.alone("b"))) {
                assertThat(pools.stored(5, 10)).containsExactly(id("a"), id("b"));
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void areFewerWhenATargetDiesMeanwhile(long seed) throws Exception {
            CountDownLatch heard = new CountDownLatch(1);
            var dying = new FaultyBackend(Site.memory("a")).always(Fault.GONE);
            Site living = Site.alone("b", Pools.after(heard));
            try (Pools pools = new Pools(seed, (target, health, cause) -> heard.countDown(), dying, living)) {
                assertThat(pools.stored(2, 10)).containsExactly(id("b"));
            }
        }

        @Test
        void doNotWaitForASlowTarget() throws Exception {
            CountDownLatch end = new CountDownLatch(1);
            try (Pools pools = new Pools(Site.alone("slow", Pools.after(end)), Site.alone("fast"))) {
                List<CompletableFuture<List<Placed>>> uploads = new ArrayList<>();
                for (int i = 1; i <= 30; i++) {
                    uploads.add(pools.store(1, i));
                }
                while (uploads.stream().filter(CompletableFuture::isDone).count() < 29) {
                    Thread.onSpinWait();
                }
                end.countDown();
                CompletableFuture.allOf(uploads.toArray(CompletableFuture[]::new))
                        .get();
            }
        }
    }
}
