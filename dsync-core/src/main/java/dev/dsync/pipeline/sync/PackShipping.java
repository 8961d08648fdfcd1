package dev.dsync.pipeline.sync;

import dev.dsync.catalog.StoredCopy;
import dev.dsync.pack.SealedPack;
import dev.dsync.pipeline.parts.VaultParts;
import dev.dsync.placement.Placed;
import dev.dsync.storage.BlobTooLargeException;
import dev.dsync.storage.StorageBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Sealed packs on their way to targets. A few wait in memory, more on disk; when there are too many of those as well,
 * whoever ships one waits. A pack that the service finds too large is taken apart and its chunks go into smaller ones.
 */
final class PackShipping {

    /** Sealed packs on disk at most, in bytes: what a fast reader may be ahead of a slow target. */
    private static final long MOST_SPOOLED = 512L << 20;

    /** A pack that no target takes because of its size, and its bytes. */
    record Refused(SealedPack pack, ByteBuffer bytes, Spool.@Nullable Spooled onDisk) {}

    /** Hears what became of packs; called by the threads that store. */
    interface Listener {

        /** The pack lies on targets. */
        void stored(SealedPack pack, ByteBuffer bytes, List<StoredCopy> copies);

        /** The pack can't be stored: nothing can. */
        void failed(Throwable cause);
    }

    private final VaultParts vault;
    private final int copies;
    private final long mostInMemory;
    private final Listener listener;
    private @Nullable Spool spool;
    private long inMemory;
    private long spooled;
    private int underWay;
    private final Deque<Refused> refused = new ArrayDeque<>();
    private @Nullable Throwable failure;

    PackShipping(VaultParts vault, int copies, Listener listener) {
        this.vault = vault;
        this.copies = copies;
        this.mostInMemory = vault.memoryBytes() / 3;
        this.listener = listener;
    }

    /** Sends the pack on its way; it is this object's from now on. */
    @SuppressWarnings("FutureReturnValueIgnored") // arrived() hands every failure on
    void ship(SealedPack pack) throws IOException, InterruptedException {
        boolean mayUseDisk = vault.pool().live().stream().noneMatch(PackShipping::isLocal);
        boolean toDisk;
        if (mustWait(pack, mayUseDisk)) {
            // never with this object's lock held: whoever stores holds the pool's and wants this one
            vault.pool().hurry();
        }
        synchronized (this) {
            while (mustWait(pack, mayUseDisk)) {
                wait();
            }
            toDisk = mayUseDisk && isFull(inMemory, pack, mostInMemory);
            underWay++;
            inMemory += toDisk ? 0 : pack.size();
            spooled += toDisk ? pack.size() : 0;
        }
        Spool.@Nullable Spooled onDisk = toDisk ? spool().put(pack.bytes()) : null;
        ByteBuffer bytes = onDisk != null ? onDisk.bytes() : pack.bytes();
        if (onDisk != null) {
            pack.close();
        }
        CompletableFuture<List<Placed>> stored = mayUseDisk
                ? vault.pool().storeInCompany(List.of(bytes), copies)
                : vault.pool().store(List.of(bytes), copies);
        stored.whenComplete((placed, cause) -> arrived(pack, onDisk, placed, cause));
    }

    private synchronized boolean mustWait(SealedPack pack, boolean mayUseDisk) {
        return isFull(inMemory, pack, mostInMemory)
                && (!mayUseDisk || isFull(spooled, pack, MOST_SPOOLED))
                && failure == null
                && refused.isEmpty();
    }

    private static boolean isFull(long used, SealedPack pack, long most) {
        return used > 0 && used + pack.size() > most;
    }

    /** A folder on this machine takes a pack as fast as the spool would. */
    private static boolean isLocal(StorageBackend target) {
        return target.place().service().equals("file");
    }

    private Spool spool() throws IOException {
        if (spool == null) {
            spool = new Spool(vault.spool());
        }
        return spool;
    }

    private void arrived(
            SealedPack pack, Spool.@Nullable Spooled onDisk, @Nullable List<Placed> placed, @Nullable Throwable cause) {
        Throwable reason = cause instanceof CompletionException ? cause.getCause() : cause;
        if (reason instanceof BlobTooLargeException) {
            synchronized (this) {
                refused.add(new Refused(pack, onDisk != null ? onDisk.bytes() : pack.bytes(), onDisk));
                notifyAll();
            }
            return;
        }
        try {
            if (placed != null) {
                List<StoredCopy> where = placed.stream()
                        .map(copy ->
                                new StoredCopy(copy.target(), copy.addresses().get(0)))
                        .toList();
                listener.stored(pack, onDisk != null ? onDisk.bytes() : pack.bytes(), where);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            if (reason != null) {
                fail(reason);
            }
            leave(pack, onDisk);
        }
    }

    private void leave(SealedPack pack, Spool.@Nullable Spooled onDisk) {
        pack.close();
        try {
            if (onDisk != null) {
                onDisk.close();
            }
        } catch (IOException e) {
            fail(e);
        }
        synchronized (this) {
            underWay--;
            inMemory -= onDisk == null ? pack.size() : 0;
            spooled -= onDisk == null ? 0 : pack.size();
            notifyAll();
        }
    }

    /** The next pack that was refused for its size; the caller packs its chunks anew and then {@linkplain #done says so}. */
    synchronized @Nullable Refused nextRefused() {
        return refused.poll();
    }

    /** The refused pack's chunks are in other packs now. */
    void done(Refused pack) {
        leave(pack.pack(), pack.onDisk());
    }

    /** The listener hears of it before anyone who waits here goes on and might take the end of waiting for success. */
    private void fail(Throwable cause) {
        listener.failed(cause);
        synchronized (this) {
            if (failure == null) {
                failure = cause;
            }
            notifyAll();
        }
    }

    /** Whether no pack is on its way. */
    synchronized boolean isIdle() {
        return underWay == 0;
    }

    /** Waits until all packs shipped so far are stored, one failed, or one was refused for its size. */
    void await() throws InterruptedException {
        vault.pool().hurry();
        awaitShipped();
    }

    private synchronized void awaitShipped() throws InterruptedException {
        while (underWay > 0 && failure == null && refused.isEmpty()) {
            wait();
        }
    }

    /** Gives up what was refused and not packed anew. */
    void abandon() {
        for (Refused pack = nextRefused(); pack != null; pack = nextRefused()) {
            done(pack);
        }
    }
}
