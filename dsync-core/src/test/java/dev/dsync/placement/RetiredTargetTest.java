package dev.dsync.placement;

import static dev.dsync.placement.Pools.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.FaultyBackend;
import dev.dsync.storage.FaultyBackend.Fault;
import dev.dsync.storage.FaultyBackend.Operation;
import dev.dsync.storage.TargetGoneException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is gone for good takes nothing more, however that was found out. */
@Timeout(300)
class RetiredTargetTest {

    private final FaultyBackend a = new FaultyBackend(Site.memory("a"));
    private final FaultyBackend b = new FaultyBackend(Site.memory("b"));
    private final PassingTime time = new PassingTime();

    @Test
    void oneThatIsRetiredFromTheStartTakesNothingAndIsReadStill() throws Exception {
        BlobAddress old = a.put(List.of(ByteBuffer.wrap(Pools.content(10)))).get(0);
        PoolSettings settings = new PoolSettings(Set.of(a.id()), 1, TransferRates.UNLIMITED);
        try (TargetPool pool =
                new TargetPool(List.of(a, b), settings, PoolListener.SILENT, time, time, new Random(1))) {
            assertThat(pool.live()).containsExactly(b);
            assertThat(pool.store(List.of(ByteBuffer.allocate(5)), 2).get())
                    .extracting(Placed::target)
                    .containsExactly(b.id());
            ByteBuffer read = ByteBuffer.allocate(10);
            pool.read(List.of(new StoredCopy(a.id(), old)), 0, read);
            assertThat(read.array()).isEqualTo(Pools.content(10));
        }
        assertThat(a.calls(Operation.PUT)).isEqualTo(1);
    }

    @Test
    void aReadThatFindsItGoneRetiresIt() throws Exception {
        try (Pools pools = new Pools(a)) {
            a.from(Operation.READ, 1, Fault.GONE);
            List<StoredCopy> copies = List.of(new StoredCopy(a.id(), new BlobAddress("0")));
            assertThatThrownBy(() -> pools.pool.read(copies, 0, ByteBuffer.allocate(1)))
                    .isInstanceOf(TargetGoneException.class);
            assertThat(pools.heard).containsExactly("memory:a RETIRED");
            assertThat(pools.pool.live()).isEmpty();
        }
    }

    @Test
    void aFailureMetElsewhereIsNoted() throws Exception {
        try (Pools pools = new Pools(a, b)) {
            pools.pool.failed(a.id(), new TargetGoneException("asked without the pool"));
            assertThat(pools.pool.health(a.id())).isEqualTo(Health.RETIRED);
            assertThat(pools.heard).containsExactly("memory:a RETIRED");
        }
    }

    @Test
    void furtherCopiesGoToTargetsThatHaveNone() throws Exception {
        try (Pools pools = new Pools(a, b, Site.memory("c"))) {
            List<ByteBuffer> blob = List.of(ByteBuffer.wrap(Pools.content(10)));
            assertThat(Pools.targets(pools.pool.storeElsewhere(blob, 2, List.of(b.id()))))
                    .containsExactly(id("a"), id("c"));
            assertThat(Pools.targets(pools.pool.storeElsewhere(blob, 5, List.of(id("a"), id("b")))))
                    .containsExactly(id("c"));
        }
    }
}
