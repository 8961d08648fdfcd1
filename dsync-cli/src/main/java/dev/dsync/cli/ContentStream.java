package dev.dsync.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/** Content on its way to standard output: notices, unlike a print stream, that nothing arrives there any more. */
final class ContentStream extends OutputStream {

    /** To look is to send all that is buffered, so not with every piece. */
    private static final int LOOK_EVERY_BYTES = 1 << 18;

    private final PrintStream out;
    private int unseen;

    ContentStream(PrintStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        unseen += length;
        if (unseen >= LOOK_EVERY_BYTES) {
            unseen = 0;
            if (out.checkError()) {
                throw new OutputEndedException();
            }
        }
    }
}
