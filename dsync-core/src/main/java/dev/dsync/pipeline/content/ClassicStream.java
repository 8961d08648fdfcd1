package dev.dsync.pipeline.content;

import dev.dsync.catalog.Sha256;
import dev.dsync.catalog.Version;
import dev.dsync.pipeline.parts.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Content of the classic layout on its last steps: inflated, held against its recorded size and digest. */
final class ClassicStream extends InputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Version version;
    private final Inflater inflater = new Inflater();
    private final InputStream plain;
    private final MessageDigest digest = Digests.sha256();
    private long length;
    private boolean ended;

    /** @param stored the content, compressed if the version says so; closed with this */
    ClassicStream(Version version, InputStream stored) {
        this.version = version;
        this.plain = version.layout().compressed() ? new InflaterInputStream(stored, inflater, BUFFER_BYTES) : stored;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        // Never more than is recorded, but for one byte that shows that there is more.
        int most = (int) Math.min(count - 1L, version.size() - length) + 1;
        int read = plain.read(target, offset, most);
        if (read < 0) {
            end();
            return -1;
        }
        length += read;
        if (length > version.size()) {
            throw new IOException("it holds more than the " + version.size() + " bytes that are recorded");
        }
        digest.update(target, offset, read);
        return read;
    }

    private void end() throws IOException {
        ended = true;
        if (length != version.size()) {
            throw new IOException("it holds " + length + " bytes, recorded are " + version.size());
        }
        Sha256 found = Sha256.of(digest.digest());
        if (!version.sha256().orElseThrow().equals(found)) {
            throw new IOException("its SHA-256 is " + found + ", wanted "
                    + version.sha256().orElseThrow() + ": what was put together is not what was stored");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        plain.close();
    }
}
