package dev.dsync.pipeline.content;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file's content as a channel. It reads ahead as far as it was read in one go before, within limits. */
final class ContentChannel extends ReadOnlyChannel {

    /** Reading further ahead than most of a pack gains nothing. */
    static final long MOST_AHEAD = 8 << 20;

    private final ContentReader reader;
    private final long mostAhead;
    private long readUntil;
    private long readInOneGo;

    /** @param mostAhead how many bytes it reads ahead at most */
    ContentChannel(ContentReader reader, long size, long mostAhead) {
        super(size);
        this.reader = reader;
        this.mostAhead = mostAhead;
    }

    @Override
    int readAt(long offset, ByteBuffer target) throws IOException {
        if (offset != readUntil) {
            readInOneGo = 0;
        }
        int wanted = target.remaining();
        for (long at = offset; target.hasRemaining(); ) {
            long until = at + Math.max(target.remaining(), Math.min(readInOneGo, mostAhead));
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
