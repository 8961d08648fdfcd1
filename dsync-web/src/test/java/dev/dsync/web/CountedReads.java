package dev.dsync.web;

import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Folders as targets that count the bytes read from them. */
final class CountedReads extends WatchedFolders {

    private final AtomicLong bytes = new AtomicLong();

    /** Bytes read so far. */
    long bytes() {
        return bytes.get();
    }

    @Override
    ForwardingBackend watch(StorageBackend folder) {
        return new ForwardingBackend(folder) {
            @Override
            public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
                bytes.addAndGet(target.remaining());
                super.read(address, offset, target);
            }
        };
    }
}
