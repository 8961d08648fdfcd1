package dev.dsync.pipeline.sync;

import dev.dsync.chunk.ByteBudget;
import dev.dsync.chunk.Lease;
import dev.dsync.pack.PackId;
import dev.dsync.pack.SealedPack;
import dev.dsync.pipeline.parts.Digests;
import dev.dsync.pipeline.parts.Seals;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Cuts what is written into parts of the classic layout, each as long as a part may be but the last. For one thread. */
final class ClassicPartition extends OutputStream {

    /** The largest part the original program stores, in bytes: 9.99 MiB. */
    static final int PART_BYTES = (int) (9.99 * 1024 * 1024);

    /** Takes parts, in order; they are its from then on. */
    interface Taker {
        void take(SealedPack part) throws IOException, InterruptedException;
    }

    private final Seals seals;
    private final ByteBudget budget;
    private final int firstPart;
    private final Taker taker;
    private @Nullable Lease lease;
    private byte[] part = new byte[0];
    private int length;

    /** @param likelyBytes how much will be written, so that a small file does not take the memory of a whole part */
    ClassicPartition(Seals seals, ByteBudget budget, long likelyBytes, Taker taker) {
        this.seals = seals;
        this.budget = budget;
        this.firstPart = (int) Math.min(PART_BYTES, Math.max(1, likelyBytes));
        this.taker = taker;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        for (int done = 0; done < count; ) {
            makeRoom();
            int now = Math.min(count - done, part.length - length);
            System.arraycopy(bytes, offset + done, part, length, now);
            length += now;
            done += now;
            if (length == PART_BYTES) {
                end();
            }
        }
    }

    private void makeRoom() throws IOException {
        if (length < part.length) {
            return;
        }
        int room = lease == null ? firstPart : PART_BYTES;
        Lease larger = acquire(room);
        byte[] roomier = new byte[room];
        System.arraycopy(part, 0, roomier, 0, length);
        if (lease != null) {
            lease.close();
        }
        part = roomier;
        lease = larger;
    }

    private Lease acquire(int bytes) throws InterruptedIOException {
        try {
            return budget.acquire(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for memory");
        }
    }

    private void end() throws IOException {
        Lease memory = lease;
        if (memory == null || length == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(part, 0, length);
        PackId id = PackId.of(Digests.sha256(bytes).toBytes());
        SealedPack sealed = SealedPack.ofClassicPart(id, seals.classicPart(id), bytes.slice(), memory);
        part = new byte[0];
        length = 0;
        lease = null;
        try {
            taker.take(sealed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while storing");
        }
    }

    /** Hands over the last part. */
    @Override
    public void close() throws IOException {
        end();
    }

    /** Gives up what was written since the last part; does nothing once closed. */
    void abandon() {
        if (lease != null) {
            lease.close();
            lease = null;
        }
        length = 0;
    }
}
