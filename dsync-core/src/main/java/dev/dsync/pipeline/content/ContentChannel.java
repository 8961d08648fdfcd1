package dev.dsync.pipeline.content;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file's content as a channel. It reads ahead as far as it was read in one go before, within limits. */
final class ContentChannel extends ReadOnlyChannel {

    /** Reading further ahead than most of a pack gains nothing. */
    private static final long MOST_AHEAD = 8 << 20;

    private final ContentReader reader;
    private long readUntil;
    private long readInOneGo;

    ContentChannel(ContentReader reader, long size) {
        super(size);
        this.reader = reader;
    }

    @Override
    int readAt(long offset, ByteBuffer target) throws IOException {
        if (offset != readUntil) {
            readInOneGo = 0;
        }
        int wanted = target.remaining();
        for (long at = offset; target.hasRemaining(); ) {
            long until = at + Math.max(target.remaining(), Math.min(readInOneGo, MOST_AHEAD));
            ByteBuffer piece = reader.at(at, until);
            piece.limit(piece.position() + Math.min(piece.remaining(), target.remaining()));
            at += piece.remaining();
            readInOneGo += piece.remaining();
            target.put(piece);
        }
        readUntil = offset + wanted;
        return wanted;
    }

    @Override
    void release() {
        reader.close();
    }
}
