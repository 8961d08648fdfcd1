package dev.dsync.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** A pool in passing time, and what it told. */
final class Pools implements AutoCloseable {

    final PassingTime time = new PassingTime();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<Long> pauses = new CopyOnWriteArrayList<>();
    final TargetPool pool;

    Pools(StorageBackend... targets) {
        this(1, (target, health, cause) -> {}, targets);
    }

    Pools(long seed, PoolListener listener, StorageBackend... targets) {
        this(seed, 1, listener, targets);
    }

    /** A pool of targets that must take blobs of so many bytes. */
    static Pools inBlobsOf(int leastBlobBytes, StorageBackend... targets) {
        return new Pools(1, leastBlobBytes, (target, health, cause) -> {}, targets);
    }

    private Pools(long seed, int leastBlobBytes, PoolListener listener, StorageBackend... targets) {
        PoolListener both = new PoolListener() {
            @Override
            public void changed(TargetId target, Health health, StorageException cause) {
                heard.add(target + " " + health);
                listener.changed(target, health, cause);
            }

            @Override
            public void allWait(Duration pause, StorageException cause) {
                pauses.add(pause.toSeconds());
            }
        };
        this.pool = new TargetPool(
                List.of(targets),
                new PoolSettings(Set.of(), leastBlobBytes, TransferRates.UNLIMITED),
                both,
                time,
                time,
                new Random(seed));
    }

    CompletableFuture<List<Placed>> store(int copies, int... sizes) {
        List<ByteBuffer> blobs = Arrays.stream(sizes)
                .mapToObj(size -> ByteBuffer.wrap(content(size)))
                .toList();
        return pool.store(blobs, copies);
    }

    List<TargetId> stored(int copies, int... sizes) throws Exception {
        return targets(store(copies, sizes));
    }

    static List<TargetId> targets(CompletableFuture<List<Placed>> upload) throws Exception {
        return upload.get().stream().map(Placed::target).sorted().toList();
    }

    /** What stood in the way of an upload that cannot succeed. */
    static Throwable failure(CompletableFuture<?> upload) throws InterruptedException {
        try {
            upload.get();
        } catch (ExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("was stored: " + upload.join());
    }

    static StorageException storageFailure(CompletableFuture<?> upload) throws InterruptedException {
        Throwable failure = failure(upload);
        assertThat(failure).isInstanceOf(StorageException.class);
        return (StorageException) failure;
    }

    static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    static TargetId id(String name) {
        return new TargetId("memory:" + name);
    }

    /** A gate that stays shut until the latch is down. */
    static Site.Gate after(CountDownLatch latch) {
        return () -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public void close() throws IOException {
        pool.close();
    }
}
