package dev.dsync.placement;

import static dev.dsync.placement.Pools.id;
import static dev.dsync.storage.FaultyBackend.Operation.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class CopyReaderTest {

    private static final int SIZE = 100;

    private final FaultyBackend first = new FaultyBackend(Site.memory("a"));
    private final FaultyBackend second = new FaultyBackend(Site.memory("b"));

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "GONE", "BLOCKED", "NOT_FOUND", "TRUNCATED", "LOST_REPLY"})
    void goesToTheOtherCopyAtOnce(Fault fault) throws Exception {
        try (Pools pools = new Pools(first, second)) {
            List<StoredCopy> copies = store();
            first.from(READ, 1, fault);
            assertThat(read(pools, copies)).isEqualTo(Pools.content(SIZE));
            assertThat(pools.time.waits()).isEmpty();
        }
    }

    @Test
    void readsPartsToo() throws Exception {
        try (Pools pools = new Pools(first, second)) {
            List<StoredCopy> copies = store();
            first.from(READ, 1, Fault.TRUNCATED);
            ByteBuffer into = ByteBuffer.allocate(30).position(10);
            pools.pool.read(copies, 50, into);
            assertThat(into.hasRemaining()).isFalse();
            assertThat(into.slice(10, 20)).isEqualTo(ByteBuffer.wrap(Pools.content(SIZE), 50, 20));
        }
    }

    @Test
    void waitsAsLongAsItIsAsked() throws Exception {
        try (Pools pools = new Pools(first)) {
            List<StoredCopy> copies = store().subList(0, 1);
            first.at(READ, 1, Fault.UNAVAILABLE).at(READ, 2, Fault.LOST_REPLY);
            assertThat(read(pools, copies)).isEqualTo(Pools.content(SIZE));
            assertThat(pools.time.waits()).containsExactly(5L, 5L);
        }
    }

    @Test
    void givesUpInTheEnd() throws Exception {
        try (Pools pools = new Pools(first, second)) {
            List<StoredCopy> copies = store();
            first.always(Fault.UNAVAILABLE);
            second.always(Fault.NOT_FOUND);
            assertThatExceptionOfType(TargetUnavailableException.class)
                    .isThrownBy(() -> read(pools, copies))
                    .withMessage("scripted: no answer");
            assertThat(first.calls(READ)).isEqualTo(5);
            assertThat(second.calls(READ)).isEqualTo(1);
        }
    }

    @Test
    void waitsForASilentTargetOnlyOnceUntilItAnswers() throws Exception {
        try (Pools pools = new Pools(first)) {
            List<StoredCopy> copies = store().subList(0, 1);
            first.always(Fault.UNAVAILABLE);
            for (int i = 0; i < 10; i++) {
                assertThatExceptionOfType(TargetUnavailableException.class).isThrownBy(() -> read(pools, copies));
            }
            assertThat(first.calls(READ)).isEqualTo(5 + 9);
            first.heal();
            assertThat(read(pools, copies)).isEqualTo(Pools.content(SIZE));
            first.at(READ, first.calls(READ) + 1, Fault.UNAVAILABLE);
            assertThat(read(pools, copies)).isEqualTo(Pools.content(SIZE));
        }
    }

    /** A target that is down and, like one behind a back-off, says how long it takes no question. */
    private static final class Down extends ForwardingBackend {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile Duration untilReady = Duration.ZERO;

        Down(StorageBackend before) {
            super(before);
        }

        @Override
        public Duration untilReady() {
            return untilReady;
        }

        @Override
        public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
            asked.incrementAndGet();
            throw new TargetUnavailableException("scripted: down", Duration.ofSeconds(50));
        }
    }

    @Test
    void waitsForNoAnswerLongerThanTwoMinutesAndNotAgainForATargetThatTakesNoQuestion() throws Exception {
        Down down = new Down(first);
        try (Pools pools = new Pools(down)) {
            List<StoredCopy> copies = store().subList(0, 1);
            assertThatExceptionOfType(TargetUnavailableException.class)
                    .isThrownBy(() -> read(pools, copies))
                    .withMessage("scripted: down");
            assertThat(pools.time.waits()).containsExactly(50L, 50L);
            assertThat(down.asked).hasValue(3);
            down.untilReady = Duration.ofSeconds(30);
            assertThatExceptionOfType(TargetUnavailableException.class)
                    .isThrownBy(() -> read(pools, copies))
                    .withMessageContaining("out of reach now");
            assertThat(down.asked).hasValue(3);
            down.untilReady = Duration.ZERO;
            assertThatExceptionOfType(TargetUnavailableException.class).isThrownBy(() -> read(pools, copies));
            assertThat(down.asked).hasValue(4);
        }
    }

    @Test
    void asksTargetsThatAreWellFirst() throws Exception {
        try (Pools pools = new Pools(first, second)) {
            List<StoredCopy> copies = store();
            FaultyBackend blocked = new FaultyBackend(Site.memory("a")).always(Fault.BLOCKED);
            pools.pool.attempt(id("a"), () -> blocked.put(List.of(ByteBuffer.allocate(1))));
            assertThat(read(pools, copies)).isEqualTo(Pools.content(SIZE));
            assertThat(first.calls(READ)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"GONE, RETIRED", "BLOCKED, BLOCKED", "NOT_FOUND, READY"})
    void aTargetThatIsLostToReadingIsLostToThePool(Fault fault, Health then) throws Exception {
        try (Pools pools = new Pools(first, second)) {
            List<StoredCopy> copies = store();
            first.from(READ, 1, fault);
            read(pools, copies);
            assertThat(pools.pool.health(id("a"))).isEqualTo(then);
            assertThat(pools.pool.health(id("b"))).isEqualTo(Health.READY);
        }
    }

    @Test
    void tellsWhereACopyLiesThatIsOutOfReach() throws Exception {
        try (Pools pools = new Pools(first)) {
            List<StoredCopy> elsewhere = List.of(
                    new StoredCopy(id("x"), new BlobAddress("1")), new StoredCopy(id("y"), new BlobAddress("2")));
            assertThatExceptionOfType(TargetUnavailableException.class)
                    .isThrownBy(() -> read(pools, elsewhere))
                    .withMessage("it lies on memory:x and memory:y, out of reach now: 'dsync targets' says why");
            assertThatExceptionOfType(BlobNotFoundException.class)
                    .isThrownBy(() -> read(pools, List.of()))
                    .withMessage("no copy of it is left on any target");
        }
    }

    @Test
    void doesNotWaitForWhatIsNotThere() throws Exception {
        try (Pools pools = new Pools(first, second)) {
            List<StoredCopy> copies = List.of(
                    new StoredCopy(id("a"), new BlobAddress("77")), new StoredCopy(id("b"), new BlobAddress("77")));
            assertThatExceptionOfType(BlobNotFoundException.class).isThrownBy(() -> read(pools, copies));
            assertThat(pools.time.waits()).isEmpty();
        }
    }

    @Test
    void endsWhenInterrupted() throws Exception {
        try (Pools pools = new Pools(first)) {
            List<StoredCopy> copies = store().subList(0, 1);
            first.always(Fault.UNAVAILABLE);
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(TargetUnavailableException.class)
                    .isThrownBy(() -> read(pools, copies))
                    .withMessage("interrupted while waiting for a target");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private List<StoredCopy> store() throws StorageException {
        List<StoredCopy> copies = new ArrayList<>();
        for (FaultyBackend target : List.of(first, second)) {
            BlobAddress address =
                    target.put(List.of(ByteBuffer.wrap(Pools.content(SIZE)))).get(0);
            copies.add(new StoredCopy(target.id(), address));
        }
        return copies;
    }

    private static byte[] read(Pools pools, List<StoredCopy> copies) throws StorageException {
        ByteBuffer into = ByteBuffer.allocate(SIZE);
        pools.pool.read(copies, 0, into);
        return into.array();
    }
}
