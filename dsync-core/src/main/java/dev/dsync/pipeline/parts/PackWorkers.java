package dev.dsync.pipeline.parts;

import dev.dsync.pack.PackFormat;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads several packs at once, as many as memory has room for. */
public final class PackWorkers {

    /** A pack at work takes its own bytes, another copy's, one chunk's encoded and plain bytes: so many packs' sizes. */
    private static final int MEMORY_PER_PACK = 3;

    private final int atOnce;

    public PackWorkers(VaultParts vault) {
        long byMemory = vault.memoryBytes() / ((long) MEMORY_PER_PACK * PackFormat.DEFAULT_PACK_SIZE);
        this.atOnce = (int) Math.max(1, Math.min(byMemory, 2L * vault.threads()));
    }

    /**
     * Has {@code work} done for each pack. The packs are taken one by one by the calling thread, no faster than they are
     * worked off. An unchecked failure of one ends it all and is thrown here.
     *
     * @return false if {@code stop} said so before the last pack was taken
     */
    public <T> boolean forEach(Iterator<T> packs, BooleanSupplier stop, Consumer<T> work) throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        Semaphore room = new Semaphore(atOnce);
        boolean stopped = false;
        try {
            while (failure.get() == null && packs.hasNext()) {
                stopped = stop.getAsBoolean();
                if (stopped) {
                    break;
                }
                T next = packs.next();
                room.acquire();
                workers.execute(() -> {
                    try {
                        work.accept(next);
                    } catch (RuntimeException | Error e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        room.release();
                    }
                });
            }
            room.acquire(atOnce);
        } finally {
            workers.shutdownNow();
            workers.awaitTermination(1, TimeUnit.MINUTES);
        }
        rethrow(failure.get());
        return !stopped;
    }

    private static void rethrow(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (cause instanceof Error error) {
            throw error;
        }
    }
}
