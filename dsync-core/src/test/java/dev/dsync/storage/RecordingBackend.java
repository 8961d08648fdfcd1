package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backend in memory whose successful writes go into a {@link WriteLog}, together with those of others. The log is
 * locked during each write, so its order is the one in which things happened. Starts empty. To have it fail, put a
 * {@link FaultyBackend} around it.
 */
public final class RecordingBackend implements StorageBackend {

    private final MemoryBackend inner;
    private final WriteLog log;

    public RecordingBackend(TargetId id, BackendLimits limits, WriteLog log) {
        this.inner = new MemoryBackend(id, limits);
        this.log = log;
        log.register(inner);
    }

    @Override
    public TargetId id() {
        return inner.id();
    }

    @Override
    public Place place() {
        return inner.place();
    }

    @Override
    public BackendLimits limits() {
        return inner.limits();
    }

    @Override
    public Duration untilReady() {
        return inner.untilReady();
    }

    @Override
    public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
        synchronized (log) {
            List<BlobAddress> addresses = inner.put(contents);
            List<ByteBuffer> copies =
                    contents.stream().map(RecordingBackend::copyOf).toList();
            log.add(new WriteLog.Put(id(), addresses, copies));
            return addresses;
        }
    }

    @Override
    public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        inner.read(address, offset, target);
    }

    @Override
    public OptionalLong size(BlobAddress address) {
        return inner.size(address);
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) {
        synchronized (log) {
            inner.delete(addresses);
            log.add(new WriteLog.Delete(id(), List.copyOf(addresses)));
        }
    }

    @Override
    public RootSlot root() {
        return new RecordedRoot(inner.root());
    }

    @Override
    public long requests() {
        return inner.requests();
    }

    @Override
    public void close() {
        inner.close();
    }

    private static ByteBuffer copyOf(ByteBuffer content) {
        return ByteBuffer.allocate(content.remaining())
                .put(content.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    private final class RecordedRoot implements RootSlot {

        private final RootSlot root;

        RecordedRoot(RootSlot root) {
            this.root = root;
        }

        @Override
        public int capacity() {
            return root.capacity();
        }

        @Override
        public Optional<ByteBuffer> read() throws StorageException {
            return root.read();
        }

        @Override
        public void write(ByteBuffer newRoot) throws StorageException {
            synchronized (log) {
                root.write(newRoot);
                log.add(new WriteLog.RootWrite(id(), copyOf(newRoot)));
            }
        }
    }
}
