package dev.dsync.pipeline.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Content of the classic layout as a channel. It is one stream: going forward passes over what lies between, going back
 * begins anew, without fetching an encrypted file again.
 */
final class ClassicChannel implements SeekableByteChannel {

    private final ClassicContent content;
    private final long size;
    private @Nullable InputStream stream;
    private long streamAt;
    private long position;
    private boolean open = true;

    ClassicChannel(ClassicContent content, long size) {
        this.content = content;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position >= size) {
            return -1;
        }
        byte[] piece = new byte[(int) Math.min(1 << 16, Math.min(target.remaining(), size - position))];
        int read = streamAtPosition().readNBytes(piece, 0, piece.length);
        if (read < piece.length) {
            throw new IOException("it ends at byte " + (position + read) + " of " + size);
        }
        target.put(piece, 0, read);
        position += read;
        streamAt = position;
        return read;
    }

    private InputStream streamAtPosition() throws IOException {
        InputStream at = stream;
        if (at == null || streamAt > position) {
            if (at != null) {
                at.close();
            }
            at = content.open();
            stream = at;
            streamAt = 0;
        }
        at.skipNBytes(position - streamAt);
        streamAt = position;
        return at;
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
    public void close() throws IOException {
        open = false;
        InputStream at = stream;
        stream = null;
        try (content) {
            if (at != null) {
                at.close();
            }
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
