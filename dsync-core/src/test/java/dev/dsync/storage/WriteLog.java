package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was written to some {@link RecordingBackend}s, in the order in which it happened. A test of crashes asks for
 * the targets as they were after any number of writes.
 */
public final class WriteLog {

    /** Something a target was asked to change, and did. */
    public sealed interface Write {

        TargetId target();

        /** Makes the same change to a backend that holds what the target held before. */
        void repeatOn(MemoryBackend backend) throws StorageException;
    }

    /** One request that stored blobs. */
    public record Put(TargetId target, List<BlobAddress> addresses, List<ByteBuffer> contents) implements Write {
        @Override
        public void repeatOn(MemoryBackend backend) {
            for (int i = 0; i < addresses.size(); i++) {
                backend.restore(addresses.get(i), contents.get(i));
            }
        }
    }

    /** The root was replaced. */
    public record RootWrite(TargetId target, ByteBuffer root) implements Write {
        @Override
        public void repeatOn(MemoryBackend backend) throws StorageException {
            backend.root().write(root);
        }
    }

    /** Blobs were removed. */
    public record Delete(TargetId target, List<BlobAddress> addresses) implements Write {
        @Override
        public void repeatOn(MemoryBackend backend) {
            backend.delete(addresses);
        }
    }

    private final Map<TargetId, BackendLimits> targets = new TreeMap<>();
    private final List<Write> writes = new ArrayList<>();

    /** The writes so far, oldest first. */
    public synchronized List<Write> writes() {
        return List.copyOf(writes);
    }

    /**
     * New targets that hold what the recorded ones held after this many writes, at the same addresses. The last write
     * of these is there although its writer may not have learnt of it: a crash can fall just behind it.
     */
    public synchronized Map<TargetId, MemoryBackend> after(int count) throws StorageException {
        Map<TargetId, MemoryBackend> backends = new TreeMap<>();
        targets.forEach((id, limits) -> backends.put(id, new MemoryBackend(id, limits)));
        for (Write write : writes.subList(0, count)) {
            write.repeatOn(backends.get(write.target()));
        }
        return backends;
    }

    /** What lies on a target now: the size of each blob. */
    public synchronized Map<BlobAddress, Integer> lying(TargetId target) {
        Map<BlobAddress, Integer> sizes = new HashMap<>();
        for (Write write : writes) {
            if (write instanceof Put put && put.target().equals(target)) {
                for (int i = 0; i < put.addresses().size(); i++) {
                    sizes.put(put.addresses().get(i), put.contents().get(i).remaining());
                }
            } else if (write instanceof Delete delete && delete.target().equals(target)) {
                sizes.keySet().removeAll(delete.addresses());
            }
        }
        return sizes;
    }

    synchronized void register(MemoryBackend backend) {
        targets.put(backend.id(), backend.limits());
    }

    synchronized void add(Write write) {
        writes.add(write);
    }
}
