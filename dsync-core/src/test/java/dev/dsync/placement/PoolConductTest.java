package dev.dsync.placement;

import static dev.dsync.placement.Pools.failure;
import static dev.dsync.placement.Pools.id;
import static dev.dsync.placement.Pools.storageFailure;
import static dev.dsync.storage.FaultyBackend.Operation.WRITE_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.TargetGoneException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a pool treats whoever uses it: mistakes, its end, threads that wait, single requests. */
@Timeout(300)
class PoolConductTest {

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
                                .orTimeout(120, TimeUnit.SECONDS)
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
