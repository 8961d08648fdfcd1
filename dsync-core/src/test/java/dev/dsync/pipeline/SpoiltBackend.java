package dev.dsync.pipeline;

import dev.dsync.storage.BackendLimits;
import dev.dsync.storage.BlobAddress;
import dev.dsync.storage.BlobNotFoundException;
import dev.dsync.storage.ForwardingBackend;
import dev.dsync.storage.MemoryBackend;
import dev.dsync.storage.ServiceClock;
import dev.dsync.storage.StorageException;
import dev.dsync.storage.TargetId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backend in memory whose blobs a test can spoil for good, that remembers what was read, and tells
 * the time if a test says so.
 */
public final class SpoiltBackend extends ForwardingBackend implements ServiceClock {

    /** One read. */
    public record Read(BlobAddress address, long offset, int length) {}

    private final MemoryBackend memory;
    private final Map<BlobAddress, Integer> flipped = new HashMap<>();
    private final Map<BlobAddress, Integer> cut = new HashMap<>();
    private final List<Read> reads = new ArrayList<>();
    private Optional<Told> told = Optional.empty();

    public SpoiltBackend(String name) {
        this(new MemoryBackend(new TargetId("memory:" + name), new BackendLimits(10 << 20, 10, 25 << 20)));
    }

    private SpoiltBackend(MemoryBackend memory) {
        super(memory);
        this.memory = memory;
    }

    /** The lowest bit of this byte of the blob is wrong from now on. */
    public synchronized void flip(BlobAddress address, int offset) {
        flipped.put(address, offset);
    }

    /** The blob has only so many bytes from now on. */
    public synchronized void cut(BlobAddress address, int bytes) {
        cut.put(address, bytes);
    }

    /** Its service tells the time from now on. */
    public void tell(Told time) {
        told = Optional.of(time);
    }

    @Override
    public Optional<Told> told() {
        return told;
    }

    /** The blob is gone. */
    public void lose(BlobAddress address) {
        memory.delete(List.of(address));
    }

    /** What was read since the last call. */
    public synchronized List<Read> takeReads() {
        List<Read> taken = List.copyOf(reads);
        reads.clear();
        return taken;
    }

    @Override
    public synchronized void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        int start = target.position();
        reads.add(new Read(address, offset, target.remaining()));
        if (offset + target.remaining() > cut.getOrDefault(address, Integer.MAX_VALUE)) {
            throw new BlobNotFoundException("blob " + address + " was cut short");
        }
        super.read(address, offset, target);
        long wrong = flipped.getOrDefault(address, -1) - offset;
        if (wrong >= 0 && wrong < target.position() - start) {
            int at = start + (int) wrong;
            target.put(at, (byte) (target.get(at) ^ 1));
        }
    }

    @Override
    public synchronized OptionalLong size(BlobAddress address) {
        Integer left = cut.get(address);
        return left != null ? OptionalLong.of(left) : memory.size(address);
    }
}
