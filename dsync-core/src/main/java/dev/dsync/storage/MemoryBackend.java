package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A target that lives as long as this object: for tests, and as the example of a complete backend. Closing it does
 * nothing, so "opening it again" is to go on using it. An address is the number of the blob.
 */
public final class MemoryBackend implements StorageBackend {

    private final TargetId id;
    private final BackendLimits limits;
    private final Map<BlobAddress, ByteBuffer> blobs = new ConcurrentHashMap<>();
    private final AtomicLong nextNumber = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final RootSlot root = new MemoryRoot();

    public MemoryBackend(TargetId id, BackendLimits limits) {
        this.id = id;
        this.limits = limits;
    }

    @Override
    public TargetId id() {
        return id;
    }

    @Override
    public Place place() {
        return new Place("memory", id.value(), id.value());
    }

    @Override
    public BackendLimits limits() {
        return limits;
    }

    @Override
    public Duration untilReady() {
        return Duration.ZERO;
    }

    @Override
    public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
        limits.check(contents);
        requests.incrementAndGet();
        List<BlobAddress> stored = new ArrayList<>();
        for (ByteBuffer content : contents) {
            BlobAddress address = new BlobAddress(Long.toString(nextNumber.getAndIncrement()));
            blobs.put(address, copyOf(content));
            stored.add(address);
        }
        return List.copyOf(stored);
    }

    @Override
    public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        requests.incrementAndGet();
        ByteBuffer blob = blobs.get(address);
        if (blob == null) {
            throw new BlobNotFoundException("no blob " + address + " in " + id);
        }
        if (offset > blob.capacity() - target.remaining()) {
            throw new BlobNotFoundException("blob " + address + " in " + id + " ends at " + blob.capacity()
                    + ", asked for " + target.remaining() + " bytes from " + offset);
        }
        target.put(blob.slice((int) offset, target.remaining()));
    }

    @Override
    public OptionalLong size(BlobAddress address) {
        requests.incrementAndGet();
        ByteBuffer blob = blobs.get(address);
        return blob == null ? OptionalLong.empty() : OptionalLong.of(blob.capacity());
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) {
        requests.incrementAndGet();
        addresses.forEach(blobs::remove);
    }

    @Override
    public RootSlot root() {
        return root;
    }

    @Override
    public long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        // The blobs live as long as this object, and nothing else is held.
    }

    /** Puts back a blob that a backend like this one held at {@code address}; that address is given to no other. */
    void restore(BlobAddress address, ByteBuffer content) {
        blobs.put(address, copyOf(content));
        nextNumber.accumulateAndGet(Long.parseLong(address.value()) + 1, Math::max);
    }

    /** The remaining bytes, out of reach of whoever goes on using {@code content}. */
    private static ByteBuffer copyOf(ByteBuffer content) {
        ByteBuffer copy = ByteBuffer.allocate(content.remaining());
        return copy.put(content.duplicate()).flip().asReadOnlyBuffer();
    }

    private final class MemoryRoot implements RootSlot {

        private volatile Optional<ByteBuffer> value = Optional.empty();

        @Override
        public int capacity() {
            return 4096;
        }

        @Override
        public Optional<ByteBuffer> read() {
            requests.incrementAndGet();
            return value.map(ByteBuffer::duplicate);
        }

        @Override
        public void write(ByteBuffer newValue) {
            checkSize(newValue);
            requests.incrementAndGet();
            value = Optional.of(copyOf(newValue));
        }
    }
}
