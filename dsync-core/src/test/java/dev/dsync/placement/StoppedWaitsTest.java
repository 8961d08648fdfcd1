package dev.dsync.placement;

import static dev.dsync.placement.Pools.id;
import static dev.dsync.storage.FaultyBackend.Operation.PUT;
import static dev.dsync.storage.FaultyBackend.Operation.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of those who wait for a target once somebody wants to stop. */
@Timeout(60)
class StoppedWaitsTest {

    private final FaultyBackend failing = new FaultyBackend(Site.memory("a"));
    private final Site well = Site.alone("b");

    @Test
    void anUploadThatWaitsForAFailingTargetEndsWithTheReason() throws Exception {
        failing.always(Fault.UNAVAILABLE);
        try (Pools pools = new Pools(failing)) {
            pools.time.overAfter(Duration.ofSeconds(1));
            assertThat(Pools.storageFailure(pools.store(1, 10))).hasMessage("scripted: no answer");
            assertThat(failing.calls(PUT)).isEqualTo(2);
            assertThat(pools.heard).isEmpty();
        }
    }

    @Test
    void whatATargetThatIsWellCanTakeIsStored() throws Exception {
        failing.always(Fault.UNAVAILABLE);
        try (Pools pools = new Pools(failing, well)) {
            pools.time.overAfter(Duration.ZERO);
            List<CompletableFuture<List<Placed>>> uploads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                uploads.add(pools.store(2, 10));
            }
            for (CompletableFuture<List<Placed>> upload : uploads) {
                assertThat(Pools.targets(upload)).containsExactly(id("b"));
            }
        }
    }

    @Test
    void aPauseNoLongerThanThatOfARateLimitIsSatOut() throws Exception {
        AtomicInteger puts = new AtomicInteger();
        Site limited = Site.alone("a", () -> {
            if (puts.incrementAndGet() == 1) {
                throw new TargetUnavailableException("scripted: too fast", Duration.ofSeconds(2));
            }
        });
        try (Pools pools = new Pools(limited)) {
            pools.time.overAfter(Duration.ZERO);
            assertThat(pools.stored(1, 10)).containsExactly(id("a"));
        }
    }

    @Test
    void aRequestIsNotSentAgain() throws Exception {
        try (Pools pools = new Pools(failing)) {
            pools.time.overAfter(Duration.ZERO);
            AtomicInteger sent = new AtomicInteger();
            assertThat(pools.pool.attempt(id("a"), () -> {
                        sent.incrementAndGet();
                        throw new TargetUnavailableException("scripted", Duration.ofSeconds(5));
                    }))
                    .isFalse();
            assertThat(sent).hasValue(1);
        }
    }

    @Test
    @Timeout(60)
    void anUploadToATargetThatARequestGaveUpEndsToo() throws Exception {
        try (Pools pools = new Pools(failing)) {
            pools.time.overAfter(Duration.ZERO);
            for (int i = 0; i < 2; i++) {
                assertThat(pools.pool.attempt(id("a"), () -> {
                            throw new TargetUnavailableException("scripted", Duration.ofSeconds(5));
                        }))
                        .isFalse();
            }
            assertThat(Pools.storageFailure(pools.store(1, 10))).hasMessageContaining("can be reached");
        }
    }

    @Test
    void aReadIsNotTriedAgain() throws Exception {
        BlobAddress address = failing.put(List.of(ByteBuffer.allocate(10))).get(0);
        failing.always(Fault.UNAVAILABLE);
        try (Pools pools = new Pools(failing)) {
            pools.time.overAfter(Duration.ofSeconds(6));
            assertThatExceptionOfType(TargetUnavailableException.class)
                    .isThrownBy(() ->
                            pools.pool.read(List.of(new StoredCopy(id("a"), address)), 0, ByteBuffer.allocate(10)))
                    .withMessage("scripted: no answer");
            assertThat(failing.calls(READ)).isEqualTo(2);
        }
    }

    @Test
    void thatAllTargetsWaitIsToldOnceForEachPause() throws Exception {
        failing.always(Fault.UNAVAILABLE);
        try (Pools pools = new Pools(failing)) {
            Pools.storageFailure(pools.store(1, 10));
            assertThat(pools.pauses).containsExactly(5L, 10L, 20L, 40L, 80L);
        }
        try (Pools pools = new Pools(failing, well)) {
            pools.stored(2, 10);
            assertThat(pools.pauses).isEmpty();
        }
    }

    @Test
    void inRealTimeNobodyWaitsALongTime() throws Exception {
        ReentrantLock lock = new ReentrantLock();
        lock.lock();
        Pause.until(() -> true).await(lock.newCondition(), Duration.ofDays(1));
        assertThat(Pause.until(() -> true).isOver()).isTrue();
        assertThat(Pause.REAL.isOver()).isFalse();
    }
}
