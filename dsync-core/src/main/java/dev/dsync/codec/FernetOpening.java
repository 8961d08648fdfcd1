package dev.dsync.codec;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;

/** The plain bytes of a verified Fernet token. For one thread. */
final class FernetOpening extends FilterInputStream {

    private static final int BUFFER_BYTES = 1 << 16;

    private final Cipher cipher;
    private final byte[] encrypted = new byte[BUFFER_BYTES];
    private ByteBuffer plain = ByteBuffer.allocate(0);
    private boolean ended;

    FernetOpening(InputStream binary, Cipher cipher) {
        super(binary);
        this.cipher = cipher;
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, plain.remaining());
        plain.get(target, offset, count);
        return count;
    }

    private boolean fill() throws IOException {
        while (!plain.hasRemaining() && !ended) {
            int count = in.readNBytes(encrypted, 0, encrypted.length);
            ended = count < encrypted.length;
            try {
                byte[] opened = ended ? cipher.doFinal(encrypted, 0, count) : cipher.update(encrypted, 0, count);
                plain = ByteBuffer.wrap(opened == null ? new byte[0] : opened);
            } catch (GeneralSecurityException e) {
                throw new CorruptChunkException("Fernet token verifies but its padding is wrong", e);
            }
        }
        return plain.hasRemaining();
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] passedOver = new byte[(int) Math.min(BUFFER_BYTES, Math.max(0, count))];
        return passedOver.length == 0 ? 0 : Math.max(0, read(passedOver));
    }

    @Override
    public int available() {
        return plain.remaining();
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
