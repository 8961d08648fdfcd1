package dev.dsync.storage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A backend that fails as it is told to: {@code new FaultyBackend(inner).at(Operation.PUT, 3, Fault.LOST_REPLY)} is one
 * whose third put is carried out but seems to fail. Operations are counted from 1, each kind for itself. What the
 * service did not get never reaches the inner backend. Without a script it is the inner backend. Safe for many threads.
 */
public final class FaultyBackend extends ForwardingBackend {

    /** What can be made to fail. */
    public enum Operation {
        PUT,
        READ,
        SIZE,
        DELETE,
        READ_ROOT,
        WRITE_ROOT
    }

    /** How it fails. */
    public enum Fault {
        /** Nothing happens; {@link TargetUnavailableException}, worth another try after {@link #RETRY_AFTER}. */
        UNAVAILABLE,
        /** Nothing happens; {@link TargetGoneException}. */
        GONE,
        /** Nothing happens; {@link TargetBlockedException}. */
        BLOCKED,
        /** Nothing happens; {@link BlobNotFoundException}. */
        NOT_FOUND,
        /** Nothing is stored, {@link BlobTooLargeException}, and from now on blobs have half the largest one's size. */
        TOO_LARGE,
        /** It happens, but the caller gets {@link TargetUnavailableException}. */
        LOST_REPLY,
        /** Reads only: the byte in the middle of what was asked for comes with its lowest bit flipped. */
        BIT_FLIP,
        /** Reads only: the blob ends in the middle of what was asked for. A root comes as its first half. */
        TRUNCATED
    }

    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private record Step(Operation operation, int first, int last, Fault fault) {}

    private final List<Step> script = new ArrayList<>();
    private final Map<Operation, Integer> calls = new EnumMap<>(Operation.class);
    private BackendLimits limits;

    public FaultyBackend(StorageBackend inner) {
        super(inner);
        this.limits = inner.limits();
    }

    /** Lets the operation fail once. */
    public FaultyBackend at(Operation operation, int number, Fault fault) {
        return add(new Step(operation, number, number, fault));
    }

    /** Lets the operation fail from this number on until {@link #heal}. */
    public FaultyBackend from(Operation operation, int number, Fault fault) {
        return add(new Step(operation, number, Integer.MAX_VALUE, fault));
    }

    /** Lets everything fail from now on until {@link #heal}. */
    public FaultyBackend always(Fault fault) {
        for (Operation operation : Operation.values()) {
            from(operation, 1, fault);
        }
        return this;
    }

    /** Forgets the script. Counts and lowered limits stay. */
    public synchronized void heal() {
        script.clear();
    }

    /** How often the operation has been called, failures included. */
    public synchronized int calls(Operation operation) {
        return calls.getOrDefault(operation, 0);
    }

    @Override
    public synchronized BackendLimits limits() {
        return limits;
    }

    @Override
    public List<BlobAddress> put(List<ByteBuffer> contents) throws StorageException {
        limits().check(contents);
        Optional<Fault> fault = next(Operation.PUT);
        if (fault.equals(Optional.of(Fault.TOO_LARGE))) {
            halveLimits(contents);
        }
        failBefore(fault);
        List<BlobAddress> addresses = super.put(contents);
        failAfter(fault);
        return addresses;
    }

    @Override
    public void read(BlobAddress address, long offset, ByteBuffer target) throws StorageException {
        Optional<Fault> fault = next(Operation.READ);
        failBefore(fault);
        int middle = target.position() + target.remaining() / 2;
        if (fault.equals(Optional.of(Fault.TRUNCATED))) {
            super.read(address, offset, target.slice(target.position(), middle - target.position()));
            throw new BlobNotFoundException("scripted: blob " + address + " ends early");
        }
        super.read(address, offset, target);
        if (fault.equals(Optional.of(Fault.BIT_FLIP))) {
            target.put(middle, (byte) (target.get(middle) ^ 1));
        }
        failAfter(fault);
    }

    @Override
    public OptionalLong size(BlobAddress address) throws StorageException {
        Optional<Fault> fault = next(Operation.SIZE);
        failBefore(fault);
        OptionalLong size = super.size(address);
        failAfter(fault);
        return size;
    }

    @Override
    public void delete(Collection<BlobAddress> addresses) throws StorageException {
        Optional<Fault> fault = next(Operation.DELETE);
        failBefore(fault);
        super.delete(addresses);
        failAfter(fault);
    }

    @Override
    public RootSlot root() {
        return new FaultyRoot(super.root());
    }

    private synchronized FaultyBackend add(Step step) {
        script.add(step);
        return this;
    }

    /** Counts the call; the fault that was scripted first wins. */
    private synchronized Optional<Fault> next(Operation operation) {
        int number = calls.merge(operation, 1, Integer::sum);
        return script.stream()
                .filter(step -> step.operation() == operation && step.first() <= number && number <= step.last())
                .map(Step::fault)
                .findFirst();
    }

    private synchronized void halveLimits(List<ByteBuffer> contents) {
        int largest = contents.stream().mapToInt(ByteBuffer::remaining).max().orElse(2);
        limits = new BackendLimits(Math.max(1, largest / 2), limits.maxBlobsPerRequest(), limits.maxRequestBytes());
    }

    private static void failBefore(Optional<Fault> fault) throws StorageException {
        if (fault.isEmpty()) {
            return;
        }
        switch (fault.get()) {
            case UNAVAILABLE -> throw new TargetUnavailableException("scripted: no answer", RETRY_AFTER);
            case GONE -> throw new TargetGoneException("scripted: target is gone");
            case BLOCKED -> throw new TargetBlockedException("scripted: ask a person");
            case NOT_FOUND -> throw new BlobNotFoundException("scripted: no such blob");
            case TOO_LARGE -> throw new BlobTooLargeException("scripted: too large");
            case LOST_REPLY, BIT_FLIP, TRUNCATED -> {
                // These happen on the way back.
            }
        }
    }

    private static void failAfter(Optional<Fault> fault) throws StorageException {
        if (fault.equals(Optional.of(Fault.LOST_REPLY))) {
            throw new TargetUnavailableException("scripted: the reply was lost", RETRY_AFTER);
        }
    }

    private final class FaultyRoot implements RootSlot {

        private final RootSlot root;

        FaultyRoot(RootSlot root) {
            this.root = root;
        }

        @Override
        public int capacity() {
            return root.capacity();
        }

        @Override
        public Optional<ByteBuffer> read() throws StorageException {
            Optional<Fault> fault = next(Operation.READ_ROOT);
            failBefore(fault);
            Optional<ByteBuffer> value = root.read().map(content -> damaged(content, fault));
            failAfter(fault);
            return value;
        }

        @Override
        public void write(ByteBuffer newRoot) throws StorageException {
            checkSize(newRoot);
            Optional<Fault> fault = next(Operation.WRITE_ROOT);
            failBefore(fault);
            root.write(newRoot);
            failAfter(fault);
        }

        private static ByteBuffer damaged(ByteBuffer content, Optional<Fault> fault) {
            int middle = content.remaining() / 2;
            ByteBuffer copy =
                    ByteBuffer.allocate(content.remaining()).put(content).flip();
            if (fault.equals(Optional.of(Fault.BIT_FLIP))) {
                copy.put(middle, (byte) (copy.get(middle) ^ 1));
            }
            return fault.equals(Optional.of(Fault.TRUNCATED)) ? copy.limit(middle) : copy;
        }
    }
}
