package dev.dsync.web;

import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Folders as targets on which nothing can be stored until they are let go. */
final class HeldPuts extends WatchedFolders {

    private final CountDownLatch free = new CountDownLatch(1);

    /** From now on everything is stored at once. */
    void letGo() {
        free.countDown();
    }

    @Override
    ForwardingBackend watch(StorageBackend folder) {
        return new ForwardingBackend(folder) {
            @Override
            public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new TargetUnavailableException("interrupted while held", Duration.ZERO, e);
                }
                return super.put(contents);
            }
        };
    }
}
