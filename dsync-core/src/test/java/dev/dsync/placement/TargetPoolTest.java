package dev.dsync.placement;

import static dev.dsync.placement.Pools.failure;
import static dev.dsync.placement.Pools.id;
import static dev.dsync.placement.Pools.storageFailure;
import static dev.dsync.placement.Pools.targets;
import static dev.dsync.storage.FaultyBackend.Operation.PUT;
import static dev.dsync.storage.FaultyBackend.Operation.WRITE_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.Place;
import dev.dsync.storage.TargetBlockedException;
import dev.dsync.storage.TargetGoneException;
import dev.dsync.storage.TargetUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
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

    @Nested
    class ATargetThat {

        @Test
        void doesNotAnswerIsLeftAloneAfterSixTries() throws Exception {
            var dead = new FaultyBackend(Site.memory("a")).always(Fault.UNAVAILABLE);
            try (Pools pools = new Pools(dead)) {
                assertThat(storageFailure(pools.store(1, 10)))
                        .isInstanceOf(TargetUnavailableException.class)
                        .hasMessage("scripted: no answer");
                assertThat(pools.time.waits()).containsExactly(5L, 10L, 20L, 40L, 80L);
                assertThat(pools.heard).containsExactly("memory:a UNREACHABLE");
                assertThat(pools.pool.live()).isEmpty();
                assertThat(storageFailure(pools.store(1, 10)))
                        .hasMessageStartingWith("none of the 1 targets can be reached");
                assertThat(dead.calls(PUT)).isEqualTo(6);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"UNAVAILABLE", "GONE", "BLOCKED", "LOST_REPLY", "NOT_FOUND"})
        void failsLeavesTheWorkToOthers(Fault fault) throws Exception {
            var dead = new FaultyBackend(Site.memory("a")).always(fault);
            try (Pools pools = new Pools(dead, Site.alone("b"))) {
                List<CompletableFuture<List<Placed>>> uploads = new ArrayList<>();
                for (int i = 1; i <= 50; i++) {
                    uploads.add(pools.store(1, i));
                }
                for (CompletableFuture<List<Placed>> upload : uploads) {
                    assertThat(targets(upload)).containsExactly(id("b"));
                }
            }
        }

        @Test
        void isGoneIsRetiredBeforeAnUploadFailsOver() throws Exception {
            List<String> events = new ArrayList<>();
            CountDownLatch waited = new CountDownLatch(1);
            Site gone = Site.alone("a", () -> {
                Pools.after(waited).pass();
                throw new TargetGoneException("deleted");
            });
            try (Pools pools = new Pools(1, (target, health, cause) -> events.add(target + " " + health), gone)) {
                CompletableFuture<?> upload = pools.store(1, 10);
                CompletableFuture<?> told = upload.whenComplete((placed, cause) -> events.add("failed"));
                waited.countDown();
                assertThat(storageFailure(told)).hasMessage("deleted");
                assertThat(events).containsExactly("memory:a RETIRED", "failed");
            }
        }

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void isGoneIsHeardOfHoweverManyGoAtOnce(long seed) throws Exception {
            AtomicInteger heard = new AtomicInteger();
            CountDownLatch all = new CountDownLatch(3);
            Site.Gate together = () -> {
                all.countDown();
                Pools.after(all).pass();
                throw new TargetGoneException("deleted");
            };
            PoolListener slow = (target, health, cause) -> {
                for (int i = 0; i < 10_000; i++) {
                    Thread.onSpinWait();
                }
                heard.incrementAndGet();
            };
            try (Pools pools = new Pools(
                    seed, slow, Site.alone("a", together), Site.alone("b", together), Site.alone("c", together))) {
                CompletableFuture<Integer> heardThen = pools.store(3, 10).handle((placed, cause) -> heard.get());
                assertThat(heardThen.get()).isEqualTo(3);
            }
        }

        @Test
        void isBlockedStopsAllOfItsAccount() throws Exception {
            var blocked = new FaultyBackend(Site.memory("a")).always(Fault.BLOCKED);
            Site sibling = Site.in("x", "b", Site.Gate.OPEN);
            try (Pools pools = new Pools(Site.around(blocked, "x"), sibling, Site.in("y", "c", Site.Gate.OPEN))) {
                pools.pool.attempt(id("a"), () -> blocked.put(List.of(ByteBuffer.allocate(1))));
                assertThat(pools.heard).containsExactlyInAnyOrder("memory:a BLOCKED", "memory:b BLOCKED");
                assertThat(pools.stored(3, 10)).containsExactly(id("c"));
            }
        }

        @Test
        void isBlockedDoesNotBringBackOneThatIsGone() throws Exception {
            try (Pools pools = new Pools(Site.in("x", "a", Site.Gate.OPEN), Site.in("x", "b", Site.Gate.OPEN))) {
                fail(pools, "a", Fault.GONE);
                fail(pools, "b", Fault.BLOCKED);
                assertThat(pools.heard).containsExactly("memory:a RETIRED", "memory:b BLOCKED");
                assertThat(pools.pool.health(id("a"))).isEqualTo(Health.RETIRED);
            }
        }

        @Test
        void takesLessThanItSaysIsLeftAlone() throws Exception {
            var liar = new MemoryBackend(id("a"), Site.ONE_BY_ONE);
            Site site = new Site(liar, liar.place(), () -> {
                throw new BlobTooLargeException("too large, and the limits stay");
            });
            try (Pools pools = new Pools(site)) {
                assertThat(storageFailure(pools.store(1, 10))).isInstanceOf(BlobTooLargeException.class);
                assertThat(site.batches()).hasSize(6);
                assertThat(pools.heard).containsExactly("memory:a UNREACHABLE");
            }
        }

        private void fail(Pools pools, String name, Fault fault) {
            var faulty = new FaultyBackend(Site.memory(name)).always(fault);
            assertThat(pools.pool.attempt(id(name), () -> faulty.put(List.of(ByteBuffer.allocate(1)))))
                    .isFalse();
        }
    }

    @Nested
    class WhatIsTooLarge {

        @Test
        void goesToATargetThatTakesIt() throws Exception {
            var shrinking = new FaultyBackend(Site.memory("a")).at(PUT, 1, Fault.TOO_LARGE);
            try (Pools pools = new Pools(shrinking, Site.alone("b"))) {
                for (int i = 0; i < 20; i++) {
                    assertThat(pools.stored(1, 500)).hasSize(1);
                }
                assertThat(pools.heard).isEmpty();
            }
        }

        @Test
        void leavesATargetThatNowTakesTooLittleToBeOfUseAloneAndNoOther() throws Exception {
            var refused = new CountDownLatch(1);
            var shrinking = new FaultyBackend(Site.memory("a")).at(PUT, 1, Fault.TOO_LARGE);
            var asked = new Site(shrinking, new Place("memory", "x", "a"), refused::countDown);
            try (Pools pools = Pools.inBlobsOf(400, asked, Site.in("x", "b", Pools.after(refused)))) {
                var one = pools.store(1, 500);
                var other = pools.store(1, 500);
                assertThat(Pools.targets(one)).containsExactly(id("b"));
                assertThat(Pools.targets(other)).containsExactly(id("b"));
                assertThat(pools.heard).containsExactly("memory:a BLOCKED");
                assertThat(pools.stored(2, 1)).containsExactly(id("b"));
            }
        }

        @Test
        void sayWhatATargetMustTakeIfThereIsNoneOfUse() throws Exception {
            var shrinking = new FaultyBackend(Site.memory("a")).at(PUT, 1, Fault.TOO_LARGE);
            try (Pools pools = Pools.inBlobsOf(400, shrinking)) {
                assertThat(storageFailure(pools.store(1, 500)))
                        .isInstanceOf(TargetBlockedException.class)
                        .hasMessageContaining("no more than 250 bytes")
                        .hasMessageContaining("at least 400 bytes");
            }
        }

        @Test
        void isNotTriedOnATargetThatTakesTooLittleFromTheStart() throws Exception {
            var small = new MemoryBackend(id("small"), new BackendLimits(100, 1, 100));
            try (Pools pools = Pools.inBlobsOf(400, small, Site.alone("b"))) {
                assertThat(pools.heard).containsExactly("memory:small BLOCKED");
                assertThat(pools.stored(2, 1)).containsExactly(id("b"));
            }
        }

        @Test
        void failsIfNoTargetTakesIt() throws Exception {
            var shrinking = new FaultyBackend(Site.memory("a")).at(PUT, 1, Fault.TOO_LARGE);
            try (Pools pools = new Pools(shrinking)) {
                assertThat(storageFailure(pools.store(1, 500)))
                        .isInstanceOf(BlobTooLargeException.class)
                        .hasMessage("no target takes a blob of 500 bytes");
                assertThat(pools.stored(1, 250)).containsExactly(id("a"));
            }
        }

        @ParameterizedTest
        @CsvSource({"1001, 0", "300, 3", "500, 2"})
        void forOneRequestFailsRatherThanWaits(int size, int more) throws Exception {
            var memory = new MemoryBackend(id("a"), new BackendLimits(1_000, 3, 1_250));
            int[] sizes = new int[1 + more];
            Arrays.fill(sizes, size);
            try (Pools pools = new Pools(memory)) {
                assertThat(storageFailure(pools.store(1, sizes)))
                        .isInstanceOf(BlobTooLargeException.class)
                        .hasMessageStartingWith("no target takes ");
            }
        }

        @Test
        void doesNotHoldUpWhatIsNot() throws Exception {
            var small = new MemoryBackend(id("small"), new BackendLimits(100, 1, 100));
            CountDownLatch end = new CountDownLatch(1);
            try (Pools pools = new Pools(small, Site.alone("busy", Pools.after(end)))) {
                CompletableFuture<?> first = pools.store(1, 500);
                CompletableFuture<?> second = pools.store(1, 500);
                assertThat(pools.stored(1, 50)).containsExactly(id("small"));
                end.countDown();
                CompletableFuture.allOf(first, second).get();
            }
        }
    }

    @Nested
    class WhenAllIsLost {

        @Test
        void theFailureOfTheLastIsTold() throws Exception {
            var gone = new FaultyBackend(Site.memory("a")).always(Fault.GONE);
            var dead = new FaultyBackend(Site.memory("b")).always(Fault.UNAVAILABLE);
            try (Pools pools = new Pools(gone, dead)) {
                assertThat(storageFailure(pools.store(2, 10))).hasMessageStartingWith("scripted: ");
                assertThat(pools.heard).contains("memory:b UNREACHABLE");
            }
        }

        @Test
        void thereMayNotHaveBeenAnyTarget() throws Exception {
            try (Pools pools = new Pools()) {
                assertThat(storageFailure(pools.store(1, 10)))
                        .hasMessageStartingWith("none of the 0 targets can be reached");
                assertThat(pools.pool.commonLimits()).isEmpty();
            }
        }
    }

    @Nested
    class AProgrammersMistake {

        @Test
        void inABackendFailsTheUploadAndTheLaneGoesOn() throws Exception {
            AtomicBoolean first = new AtomicBoolean(true);
            Site site = Site.alone("a", () -> {
                if (first.getAndSet(false)) {
                    throw new IllegalStateException("a mistake");
                }
            });
            try (Pools pools = new Pools(site)) {
                assertThat(failure(pools.store(1, 10))).hasMessage("a mistake");
                assertThat(pools.stored(1, 10)).containsExactly(id("a"));
            }
        }

        @Test
        void isToldOnlyOnceNobodyReadsTheBuffersAnyMore() throws Exception {
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch bothStarted = new CountDownLatch(2);
            Site slow = Site.alone("slow", () -> {
                bothStarted.countDown();
                Pools.after(end).pass();
            });
            Site broken = Site.alone("broken", () -> {
                bothStarted.countDown();
                Pools.after(bothStarted).pass();
                throw new IllegalStateException("a mistake");
            });
            try (Pools pools = new Pools(slow, broken)) {
                CompletableFuture<?> upload = pools.store(2, 10);
                // The lane of the broken target has dealt with its failure once it is back for more.
                bothStarted.await();
                while (!Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("dsync-store-2"))
                        .allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
                    Thread.onSpinWait();
                }
                assertThat(upload).isNotDone();
                end.countDown();
                assertThat(failure(upload)).hasMessage("a mistake");
            }
        }

        @Test
        void inTheListenerFailsTheUploadAndTheLaneGoesOn() throws Exception {
            var faulty = new FaultyBackend(Site.memory("a")).always(Fault.GONE);
            PoolListener broken = (target, health, cause) -> {
                throw new IllegalStateException("the catalog is full");
            };
            try (Pools pools = new Pools(1, broken, faulty)) {
                assertThat(failure(pools.store(1, 10))).hasMessage("the catalog is full");
                assertThat(storageFailure(pools.store(1, 10)))
                        .hasMessageStartingWith("none of the 1 targets can be reached");
            }
        }

        @Test
        void thatKillsALaneEndsEveryUpload() throws Exception {
            CountDownLatch queued = new CountDownLatch(1);
            Site site = Site.alone("a", Pools.after(queued));
            try (Pools pools = new Pools(site)) {
                CompletableFuture<?> first = pools.store(1, 10);
                CompletableFuture<?> second = pools.store(1, 20);
                while (site.batches().isEmpty()) {
                    Thread.onSpinWait();
                }
                site.confuse();
                queued.countDown();
                assertThat(failure(second)).hasMessage("a mistake");
                assertThat(first).isDone();
                assertThat(pools.store(1, 10)).isCancelled();
            }
        }
    }

    @Nested
    class Closing {

        @Test
        void cancelsWhatIsNotStored() throws Exception {
            CountDownLatch end = new CountDownLatch(1);
            Site site = Site.alone("a", Pools.after(end));
            Pools pools = new Pools(site);
            CompletableFuture<?> underWay = pools.store(1, 10);
            while (site.batches().isEmpty()) {
                Thread.onSpinWait();
            }
            CompletableFuture<?> waiting = pools.store(1, 10);
            Thread closing = new Thread(() -> assertThatCode(pools));
            closing.start();
            assertThatExceptionOfType(CancellationException.class).isThrownBy(waiting::get);
            assertThat(underWay).isNotDone();
            end.countDown();
            closing.join();
            assertThat(underWay).isDone();
            assertThat(site.isClosed()).isTrue();
            assertThat(pools.store(1, 10)).isCancelled();
        }

        @Test
        void closesATargetThatIsThereTwice() throws Exception {
            Site first = Site.alone("a");
            Site again = Site.alone("a");
            new Pools(first, again).close();
            assertThat(first.isClosed()).isTrue();
            assertThat(again.isClosed()).isTrue();
        }

        private void assertThatCode(Pools pools) {
            try {
                pools.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class WhoeverWaits {

        @Test
        void isToldWithoutHoldingUpThePool() throws Exception {
            CountDownLatch registered = new CountDownLatch(1);
            Site gone = Site.alone("a", () -> {
                Pools.after(registered).pass();
                throw new TargetGoneException("deleted");
            });
            try (Pools pools = new Pools(gone)) {
                CompletableFuture<Health> askedByAnother = pools.store(1, 10)
                        .handle((placed, cause) -> CompletableFuture.supplyAsync(() -> pools.pool.health(id("a")))
                                .orTimeout(20, TimeUnit.SECONDS)
                                .join());
                registered.countDown();
                assertThat(askedByAnother.get()).isEqualTo(Health.RETIRED);
            }
        }
    }

    @Nested
    class ARequestToOneTarget {

        @Test
        void isSentAgainAfterAPause() throws Exception {
            var faulty = new FaultyBackend(Site.memory("a"))
                    .at(WRITE_ROOT, 1, Fault.UNAVAILABLE)
                    .at(WRITE_ROOT, 2, Fault.LOST_REPLY);
            try (Pools pools = new Pools(faulty)) {
                assertThat(writeRoot(pools, faulty)).isTrue();
                assertThat(pools.time.waits()).containsExactly(5L, 10L);
                assertThat(faulty.calls(WRITE_ROOT)).isEqualTo(3);
            }
        }

        @ParameterizedTest
        @CsvSource({"UNAVAILABLE, 6, UNREACHABLE", "GONE, 1, RETIRED", "BLOCKED, 1, BLOCKED", "TOO_LARGE, 1, READY"})
        void failsWhereItIsNotWorthSendingAgain(Fault fault, int calls, Health health) throws Exception {
            var faulty = new FaultyBackend(Site.memory("a")).always(fault);
            try (Pools pools = new Pools(faulty)) {
                assertThat(writeRoot(pools, faulty)).isFalse();
                assertThat(faulty.calls(WRITE_ROOT)).isEqualTo(calls);
                assertThat(pools.pool.health(id("a"))).isEqualTo(health);
            }
        }

        @Test
        void isNotSentToATargetThatIsLeftAlone() throws Exception {
            var faulty = new FaultyBackend(Site.memory("a")).at(WRITE_ROOT, 1, Fault.GONE);
            try (Pools pools = new Pools(faulty)) {
                assertThat(writeRoot(pools, faulty)).isFalse();
                assertThat(writeRoot(pools, faulty)).isFalse();
                assertThat(faulty.calls(WRITE_ROOT)).isEqualTo(1);
            }
        }

        @Test
        void needsATargetOfThePool() throws Exception {
            try (Pools pools = new Pools(Site.alone("a"))) {
                assertThatIllegalArgumentException().isThrownBy(() -> pools.pool.attempt(id("b"), () -> {}));
                assertThatIllegalArgumentException().isThrownBy(() -> pools.pool.health(id("b")));
            }
        }

        private boolean writeRoot(Pools pools, FaultyBackend target) {
            return pools.pool.attempt(id("a"), () -> target.root().write(ByteBuffer.wrap(new byte[] {1})));
        }
    }
}
