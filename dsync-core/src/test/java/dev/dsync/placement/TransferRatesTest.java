package dev.dsync.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.Place;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class TransferRatesTest {

    private final PassingTime time = new PassingTime();

    @Test
    void uploadsToAllTargetsTogetherKeepTheRate() throws Exception {
        try (TargetPool pool = pool(new TransferRates(100, 0), Site.alone("a"), Site.alone("b"))) {
            List<CompletableFuture<List<Placed>>> uploads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                uploads.add(pool.store(List.of(ByteBuffer.allocate(500)), 1));
            }
            for (CompletableFuture<List<Placed>> upload : uploads) {
                upload.get();
            }
        }
        assertThat(time.instant().getEpochSecond()).isGreaterThanOrEqualTo(20 * 500 / 100);
    }

    @Test
    void downloadsKeepTheRateAndUploadsDoNotFeelIt() throws Exception {
        try (TargetPool pool = pool(new TransferRates(0, 100), Site.alone("a"))) {
            Placed placed =
                    pool.store(List.of(ByteBuffer.allocate(1000)), 1).get().get(0);
            assertThat(time.instant().getEpochSecond()).isZero();

            StoredCopy copy = new StoredCopy(placed.target(), placed.addresses().get(0));
            for (int i = 0; i < 3; i++) {
                pool.read(List.of(copy), 0, ByteBuffer.allocate(1000));
            }
            assertThat(time.instant().getEpochSecond()).isEqualTo(30);
        }
    }

    @Test
    void requestCarriesNoMoreThanTenSecondsWorth() throws Exception {
        CountDownLatch allAdded = new CountDownLatch(1);
        Site site = new Site(
                new MemoryBackend(new TargetId("memory:a"), new BackendLimits(1000, 10, 10_000)),
                new Place("memory", "a", "a"),
                Pools.after(allAdded));
        try (TargetPool pool = pool(new TransferRates(100, 0), site)) {
            List<CompletableFuture<List<Placed>>> uploads = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                uploads.add(pool.store(List.of(ByteBuffer.allocate(500)), 1));
            }
            allAdded.countDown();
            for (CompletableFuture<List<Placed>> upload : uploads) {
                upload.get();
            }
        }
        assertThat(site.batches()).allMatch(blobs -> blobs <= 2);
    }

    @Test
    void blobLargerThanTenSecondsWorthGoesAlone() throws Exception {
        try (TargetPool pool = pool(new TransferRates(1, 0), Site.alone("a"))) {
            pool.store(List.of(ByteBuffer.allocate(500)), 1).get();
        }
        assertThat(time.instant().getEpochSecond()).isEqualTo(500);
    }

    @Test
    void ratesBelowNothingAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TransferRates(-1, 0));
    }

    private TargetPool pool(TransferRates rates, Site... targets) {
        PoolSettings settings = new PoolSettings(Set.of(), 1, rates);
        return new TargetPool(List.of(targets), settings, PoolListener.SILENT, time, time, new Random(1));
    }
}
