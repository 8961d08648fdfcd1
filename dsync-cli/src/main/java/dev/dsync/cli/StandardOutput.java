package dev.dsync.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Standard output, which remembers why it could not be written to: the print stream before it keeps that to itself. */
final class StandardOutput extends OutputStream {

    private final OutputStream out;
    private volatile boolean readerGone;

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /** Whether it is a pipe that nobody reads any more: {@code head} has what it wants, and that is no failure. */
    boolean isReaderGone() {
        return readerGone;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            // The system's words are all that Java tells of it.
            readerGone = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
