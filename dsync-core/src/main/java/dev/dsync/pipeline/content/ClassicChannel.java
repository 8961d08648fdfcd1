package dev.dsync.pipeline.content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Content of the classic layout as a channel. It is one stream: going forward passes over what lies between, going back
 * begins anew, without fetching an encrypted file again.
 */
final class ClassicChannel extends ReadOnlyChannel {

    private static final int PIECE_BYTES = 1 << 16;

    /** Where a stream stands that failed on the way: beyond every offset, so that the next read begins anew. */
    private static final long NOWHERE = Long.MAX_VALUE;

    private final ClassicContent content;
    private @Nullable InputStream stream;
    private long streamAt;

    ClassicChannel(ClassicContent content, long size) {
        super(size);
        this.content = content;
    }

    @Override
    int readAt(long offset, ByteBuffer target) throws IOException {
        byte[] piece = new byte[Math.min(PIECE_BYTES, target.remaining())];
        InputStream at = streamAt(offset);
        int read = at.readNBytes(piece, 0, piece.length);
        if (read < piece.length) {
            throw new IOException("it ends at byte " + (offset + read));
        }
        streamAt = offset + read;
        target.put(piece);
        return read;
    }

    private InputStream streamAt(long offset) throws IOException {
        InputStream at = stream;
        if (at == null || streamAt > offset) {
            if (at != null) {
                at.close();
            }
            at = content.open();
            stream = at;
            streamAt = 0;
        }
        long between = offset - streamAt;
        streamAt = NOWHERE;
        at.skipNBytes(between);
        return at;
    }

    @Override
    void release() throws IOException {
        InputStream at = stream;
        stream = null;
        try (content) {
            if (at != null) {
                at.close();
            }
        }
    }
}
