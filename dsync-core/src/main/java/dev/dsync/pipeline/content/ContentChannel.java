package dev.dsync.pipeline.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file's content as a channel. It reads ahead as far as it was read in one go before, within limits. */
final class ContentChannel implements SeekableByteChannel {

    /** Reading further ahead than most of a pack gains nothing. */
    private static final long MOST_AHEAD = 8 << 20;

    private final ContentReader reader;
    private final long size;
    private long position;
    private long readInOneGo;
    private boolean open = true;

    ContentChannel(ContentReader reader, long size) {
        this.reader = reader;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position >= size) {
            return -1;
        }
        int before = target.position();
        while (target.hasRemaining() && position < size) {
            long until = position + Math.max(target.remaining(), Math.min(readInOneGo, MOST_AHEAD));
            ByteBuffer piece = reader.at(position, until);
            piece.limit(piece.position() + Math.min(piece.remaining(), target.remaining()));
            position += piece.remaining();
            readInOneGo += piece.remaining();
            target.put(piece);
        }
        return target.position() - before;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        if (newPosition != position) {
            readInOneGo = 0;
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        reader.close();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
