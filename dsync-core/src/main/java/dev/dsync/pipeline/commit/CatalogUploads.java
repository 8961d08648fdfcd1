package dev.dsync.pipeline.commit;

import dev.dsync.catalog.Commit;
import dev.dsync.catalog.StoredCopy;
import dev.dsync.pack.SealedPack;
import dev.dsync.pipeline.parts.Uploads;
import dev.dsync.placement.Placed;
import dev.dsync.placement.TargetPool;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Stores catalog packs that do not wait for their commit, a few at a time. */
final class CatalogUploads implements AutoCloseable {

    /** Packs under way at once: as many as one request of Discord's carries. */
    private static final int AT_ONCE = 3;

    private final TargetPool pool;
    private final int copies;
    private final Deque<SealedPack> packs = new ArrayDeque<>();
    private final Deque<CompletableFuture<List<Placed>>> uploads = new ArrayDeque<>();
    private final List<Commit.CatalogPack> stored = new ArrayList<>();
    private long bytes;

    CatalogUploads(TargetPool pool, int copies) {
        this.pool = pool;
        this.copies = copies;
    }

    /** Sends the pack on its way; it is this object's from now on. */
    void take(SealedPack pack) throws IOException, InterruptedException {
        while (uploads.size() >= AT_ONCE) {
            awaitOldest();
        }
        packs.add(pack);
        uploads.add(pool.store(List.of(pack.bytes()), copies));
    }

    /** Waits for all packs; says where they lie. */
    List<Commit.CatalogPack> stored() throws IOException, InterruptedException {
        while (!uploads.isEmpty()) {
            awaitOldest();
        }
        return stored;
    }

    /** How many packs were stored. */
    int packs() {
        return stored.size();
    }

    /** Their bytes, every copy counted. */
    long bytes() {
        return bytes;
    }

    private void awaitOldest() throws IOException, InterruptedException {
        try (SealedPack pack = packs.remove()) {
            List<Placed> placed = Uploads.await(uploads.remove());
            bytes += (long) placed.size() * pack.size();
            List<StoredCopy> where = placed.stream()
                    .map(copy -> new StoredCopy(copy.target(), copy.addresses().get(0)))
                    .toList();
            stored.add(new Commit.CatalogPack(pack.id(), pack.size(), where));
        }
    }

    /** The memory of what is still on its way is free once that has ended, well or not. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // whether it went well no longer matters
    public void close() {
        while (!uploads.isEmpty()) {
            SealedPack pack = packs.remove();
            uploads.remove().whenComplete((placed, failure) -> pack.close());
        }
    }
}
