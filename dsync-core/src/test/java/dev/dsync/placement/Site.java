package dev.dsync.placement;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.Place;
import dev.dsync.storage.StorageBackend;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A backend that lies where it is told to, lets a test in before each put, and remembers how many blobs each carried. */
final class Site extends ForwardingBackend {

    /** What happens before a put is carried out. */
    interface Gate {
        Gate OPEN = () -> {};

        void pass() throws StorageException;
    }

    static final BackendLimits ONE_BY_ONE = new BackendLimits(1_000, 1, 1_000);

    private final Place place;
    private final Gate gate;
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile boolean confused;
    private volatile boolean closed;

    Site(StorageBackend inner, Place place, Gate gate) {
        super(inner);
        this.place = place;
        this.gate = gate;
    }

    /** A site in memory with an account and a lane of its own, which takes one blob a request. */
    static Site alone(String name) {
        return alone(name, Gate.OPEN);
    }

    static Site alone(String name, Gate gate) {
        return in(name, name, gate);
    }

    static Site in(String account, String name, Gate gate) {
        return new Site(memory(name), new Place("memory", account, name), gate);
    }

    static Site around(StorageBackend inner, String account) {
        return new Site(inner, new Place("memory", account, inner.id().value()), Gate.OPEN);
    }

    static MemoryBackend memory(String name) {
        return new MemoryBackend(new TargetId("memory:" + name), ONE_BY_ONE);
    }

    /** How many blobs each put carried, in order. */
    List<Integer> batches() {
        return List.copyOf(batches);
    }

    /** From now on asking for its limits fails. */
    void confuse() {
        confused = true;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public Place place() {
        return place;
    }

    @Override
    public BackendLimits limits() {
        if (confused) {
            throw new IllegalStateException("a mistake");
        }
        return super.limits();
    }

    @Override
    public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
        batches.add(contents.size());
        gate.pass();
        return super.put(contents);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        super.close();
    }
}
