package dev.dsync.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** A backend that hands everything on to another one, as far as a subclass does not have its own way with it. */
public abstract class ForwardingBackend implements StorageBackend {

    private final StorageBackend inner;

    protected ForwardingBackend(StorageBackend inner) {
        this.inner = inner;
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
        return inner.put(contents);
    }

    @Override
    public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        inner.read(address, offset, target);
    }

    @Override
    public void distrust(BlobAddress address) {
        inner.distrust(address);
    }

    @Override
    public OptionalLong size(BlobAddress address) throws StorageException {
        return inner.size(address);
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) throws StorageException {
        inner.delete(addresses);
    }

    @Override
    public RootSlot root() {
        return inner.root();
    }

    @Override
    public long requests() {
        return inner.requests();
    }

    @Override
    public long uploadsRepeated() {
        return inner.uploadsRepeated();
    }

    @Override
    public void close() throws IOException {
        inner.close();
    }
}
