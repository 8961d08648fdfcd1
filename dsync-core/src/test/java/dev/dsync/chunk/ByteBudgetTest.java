package dev.dsync.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ByteBudgetTest {

    private final ByteBudget budget = new ByteBudget(100, 20);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** A thread that asks for {@code bytes} and is known to wait. */
    private Future<Lease> waiterFor(int bytes) {
        int before = budget.waiting();
        Future<Lease> waiter = threads.submit(() -> budget.acquire(bytes));
        awaitWaiting(before + 1);
        return waiter;
    }

    private void awaitWaiting(int count) {
        while (budget.waiting() != count) {
            assertThat(Thread.interrupted()).as("out of time").isFalse();
            Thread.yield();
        }
    }

    @Test
    void closingALeaseTwiceGivesBackOnce() throws InterruptedException {
        Lease kept = budget.acquire(10);
        Lease closed = budget.acquire(30);

        closed.close();
        closed.close();

        assertThat(budget.used()).isEqualTo(10);
        assertThat(closed.bytes()).isZero();
        assertThat(kept.bytes()).isEqualTo(10);
    }

    @Test
    void shrinkingALeaseGivesTheRestBack() throws InterruptedException {
        Lease lease = budget.acquire(30);

        lease.shrinkTo(12);
        assertThat(budget.used()).isEqualTo(12);
        assertThatIllegalArgumentException().isThrownBy(() -> lease.shrinkTo(13));

        lease.close();
        lease.shrinkTo(5);
        assertThat(budget.used()).isZero();
    }

    @Test
    void readersWaitForTheHeadroomThatPacksMayUse() throws Exception {
        Lease first = budget.acquire(80);
        Future<Lease> reader = waiterFor(1);

        Optional<Lease> pack = budget.tryAcquire(20);

        assertThat(pack).isPresent();
        assertThat(budget.tryAcquire(1)).isEmpty();
        assertThat(reader.isDone()).isFalse();
        first.close();
        assertThat(reader.get().bytes()).isEqualTo(1);
        assertThat(budget.used()).isEqualTo(21);
    }

    @Test
    void thoseWhoWaitAreServedInOrderEvenIfALaterOneWouldFit() throws Exception {
        Lease first = budget.acquire(40);
        Lease second = budget.acquire(40);
        Future<Lease> large = waiterFor(70);

        first.close();
        Future<Lease> tiny = waiterFor(1);
        assertThat(large.isDone() || tiny.isDone()).isFalse();
        second.close();

        assertThat(large.get().bytes()).isEqualTo(70);
        assertThat(tiny.get().bytes()).isEqualTo(1);
    }

    @Test
    void oneReleaseServesEveryoneItHasRoomFor() throws Exception {
        Lease all = budget.acquire(80);
        Future<Lease> a = waiterFor(30);
        Future<Lease> b = waiterFor(30);
        Future<Lease> c = waiterFor(30);

        all.close();

        assertThat(a.get().bytes() + b.get().bytes()).isEqualTo(60);
        assertThat(c.isDone()).isFalse();
        a.get().close();
        assertThat(c.get().bytes()).isEqualTo(30);
    }

    @Test
    void whatCouldNeverBeGrantedIsRefusedInsteadOfWaitedFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget.acquire(81))
                .withMessageContaining("81")
                .withMessageContaining("80");
        assertThatIllegalArgumentException().isThrownBy(() -> budget.acquire(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> budget.tryAcquire(-1));
        assertThat(budget.tryAcquire(101)).isEmpty();
    }

    @Test
    void closingWakesThoseWhoWaitAndTurnsAwayThoseWhoCome() throws Exception {
        Lease held = budget.acquire(80);
        Future<Lease> waiter = waiterFor(10);

        budget.close();

        assertThatThrownBy(waiter::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CancellationException.class);
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> budget.acquire(1));
        assertThatExceptionOfType(CancellationException.class).isThrownBy(() -> budget.tryAcquire(1));
        held.close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void interruptedWaiterLeavesTheQueueToThoseBehind() throws Exception {
        Lease held = budget.acquire(50);
        FutureTask<Lease> large = new FutureTask<>(() -> budget.acquire(70));
        Thread thread = new Thread(large);
        thread.start();
        awaitWaiting(1);
        Future<Lease> small = waiterFor(20);

        thread.interrupt();

        assertThatThrownBy(large::get).hasCauseInstanceOf(InterruptedException.class);
        assertThat(small.get().bytes()).isEqualTo(20);
        held.close();
        small.get().close();
        assertThat(budget.used()).isZero();
    }

    @Test
    void manyThreadsNeverHoldMoreThanReadersMayAndLeaveNothing() throws Exception {
        AtomicLong held = new AtomicLong();
        List<Future<Long>> workers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            Random random = new Random(worker);
            workers.add(threads.submit(() -> {
                long most = 0;
                for (int i = 0; i < 2000; i++) {
                    int bytes = random.nextInt(81);
                    try (Lease lease = budget.acquire(bytes)) {
                        most = Math.max(most, held.addAndGet(lease.bytes()));
                        held.addAndGet(-bytes);
                    }
                }
                return most;
            }));
        }

        for (Future<Long> worker : workers) {
            assertThat(worker.get()).isLessThanOrEqualTo(80);
        }
        assertThat(budget.used()).isZero();
    }

    @Test
    void headroomThatLeavesNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteBudget(10, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> new ByteBudget(10, -1));
    }

    @Test
    void leaseOfNothingCanBeTreatedLikeAnyOther() {
        Lease none = Lease.none();
        none.shrinkTo(0);
        none.close();
        assertThat(none.bytes()).isZero();
    }
}
