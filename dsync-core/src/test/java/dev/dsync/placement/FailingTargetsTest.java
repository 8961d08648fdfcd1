package dev.dsync.placement;

import static dev.dsync.placement.Pools.id;
import static dev.dsync.placement.Pools.storageFailure;
import static dev.dsync.placement.Pools.targets;
import static dev.dsync.storage.FaultyBackend.Operation.PUT;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pool does when targets fail, refuse, or take less than they said. */
@Timeout(300)
class FailingTargetsTest {

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
        void mayNotBeWrittenStopsNoOther() throws Exception {
            Site locked = Site.in("x", "a", () -> {
                throw TargetBlockedException.ofOne("no right to", new IOException());
            });
            try (Pools pools = new Pools(locked, Site.in("x", "b", Site.Gate.OPEN))) {
                for (int i = 0; i < 4; i++) {
                    assertThat(pools.stored(1, 10)).containsExactly(id("b"));
                }
                assertThat(pools.heard).isSubsetOf("memory:a BLOCKED");
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
}
