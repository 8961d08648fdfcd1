package dev.dsync.bench;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM as the JDK does it and nothing else: what sealing is measured against. For one thread. */
final class BareAesGcm {

    /** Plain bytes in one message: what packs use. */
    static final int MESSAGE_BYTES = 8192;

    private static final int TAG_BYTES = 16;
    private static final int TAG_BITS = Byte.SIZE * TAG_BYTES;

    private final SecretKeySpec key = new SecretKeySpec(Samples.noise(32, 4), "AES");
    private final Cipher cipher;
    private final byte[] nonce = new byte[12];
    private final byte[] sealed = new byte[MESSAGE_BYTES + TAG_BYTES];
    private final byte[] opened = new byte[MESSAGE_BYTES];

    BareAesGcm() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /** Bytes that {@code length} plain bytes take up once sealed. */
    static int sealedLength(int length) {
        return length + (length + MESSAGE_BYTES - 1) / MESSAGE_BYTES * TAG_BYTES;
    }

    /** Seals messages of {@link #MESSAGE_BYTES}, one over the other. */
    void seal(byte[] plain, int offset, int length) {
        for (int from = 0; from < length; from += MESSAGE_BYTES) {
            seal(plain, offset + from, Math.min(MESSAGE_BYTES, length - from), sealed, 0);
        }
    }

    /** The same, each opened again at once. */
    void sealAndOpen(byte[] plain, int offset, int length) {
        for (int from = 0; from < length; from += MESSAGE_BYTES) {
            open(sealed, 0, seal(plain, offset + from, Math.min(MESSAGE_BYTES, length - from), sealed, 0));
        }
    }

    /** The same, but what is sealed is kept: message after message in {@code out} from {@code at} on. */
    void sealAndOpen(byte[] plain, int offset, int length, byte[] out, int at) {
        int end = at;
        for (int from = 0; from < length; from += MESSAGE_BYTES) {
            int sealedBytes = seal(plain, offset + from, Math.min(MESSAGE_BYTES, length - from), out, end);
            open(out, end, sealedBytes);
            end += sealedBytes;
        }
    }

    private int seal(byte[] plain, int offset, int length, byte[] out, int at) {
        try {
            nextNonce();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(plain, offset, length, out, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens what was sealed last. */
    private void open(byte[] in, int offset, int length) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.doFinal(in, offset, length, opened, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void nextNonce() {
        int i = 0;
        while (++nonce[i] == 0) {
            i++;
        }
    }
}
