package dev.dsync.pipeline.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Content of a known length as a channel with a position; how its bytes are come by is the subclass's. For one thread. */
abstract class ReadOnlyChannel implements SeekableByteChannel {

    private final long size;
    private long position;
    private boolean open = true;

    /** @param size length of the content, in bytes */
    ReadOnlyChannel(long size) {
        this.size = size;
    }

    /**
     * Reads what comes at {@code offset} into {@code target}, which has room for at least a byte and for nothing beyond
     * the end of the content.
     *
     * @return how many bytes, at least 1
     */
    abstract int readAt(long offset, ByteBuffer target) throws IOException;

    /** Gives back what reading took. Called at every close. */
    abstract void release() throws IOException;

    @Override
    public final int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position >= size) {
            return -1;
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        ByteBuffer room = target.slice(target.position(), (int) Math.min(target.remaining(), size - position));
        int read = readAt(position, room);
        target.position(target.position() + read);
        position += read;
        return read;
    }

    @Override
    public final long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public final SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public final long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override
    public final int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public final SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    @Override
    public final void close() throws IOException {
        open = false;
        release();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
