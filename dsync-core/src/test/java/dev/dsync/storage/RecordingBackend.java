package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A backend in memory whose successful writes go into a {@link WriteLog}, together with those of others. The log is
 * locked during each write, so its order is the one in which things happened. Starts empty. To have it fail, put a
 * {@link FaultyBackend} around it.
 */
public final class RecordingBackend extends ForwardingBackend {

    private final WriteLog log;

    public RecordingBackend(TargetId id, BackendLimits limits, WriteLog log) {
        this(new MemoryBackend(id, limits), log);
    }

    private RecordingBackend(MemoryBackend inner, WriteLog log) {
        super(inner);
        this.log = log;
        log.register(inner);
    }

    @Override
    public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
        synchronized (log) {
            List<BlobAddress> addresses = super.put(contents);
            List<ByteBuffer> copies =
                    contents.stream().map(RecordingBackend::copyOf).toList();
            log.add(new WriteLog.Put(id(), addresses, copies));
            return addresses;
        }
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) throws StorageException {
        synchronized (log) {
            super.delete(addresses);
            log.add(new WriteLog.Delete(id(), List.copyOf(addresses)));
        }
    }

    @Override
    public RootSlot root() {
        return new RecordedRoot(super.root());
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
