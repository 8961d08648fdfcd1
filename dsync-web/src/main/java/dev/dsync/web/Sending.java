package dev.dsync.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes on their way to a browser; knows afterwards which end failed. */
final class Sending extends FilterOutputStream {

    private boolean broken;

    Sending(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    /** Whether it was the browser that went away. */
    boolean broken() {
        return broken;
    }
}
