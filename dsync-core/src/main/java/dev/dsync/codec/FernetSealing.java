package dev.dsync.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** A Fernet token while it is made. For one thread. */
final class FernetSealing extends OutputStream {

    private final Cipher cipher;
    private final Mac mac;
    private final OutputStream token;
    private boolean closed;

    FernetSealing(byte[] header, Cipher cipher, Mac mac, OutputStream token) throws IOException {
        this.cipher = cipher;
        this.mac = mac;
        this.token = Base64.getUrlEncoder().wrap(token);
        put(header);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        byte[] encrypted = cipher.update(plain, offset, length);
        if (encrypted != null) {
            put(encrypted);
        }
    }

    private void put(byte[] bytes) throws IOException {
        mac.update(bytes);
        token.write(bytes);
    }

    /** Writes the end of the token, without which it is none. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            put(cipher.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CBC cannot fail on plain bytes", e);
        }
        token.write(mac.doFinal());
        token.close();
    }
}
