package dev.dsync.bench;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM as the JDK does it and nothing else: what sealing is measured against. For one thread. */
final class BareAesGcm {

    /** Plain bytes in one message: what packs use. */
    static final int MESSAGE_BYTES = 8192;

    private static final int TAG_BITS = 128;

    private final SecretKeySpec key = new SecretKeySpec(Samples.noise(32, 4), "AES");
    private final Cipher cipher;
    private final byte[] nonce = new byte[12];
    private final byte[] sealed = new byte[MESSAGE_BYTES + TAG_BITS / 8];
    private final byte[] opened = new byte[MESSAGE_BYTES];

    BareAesGcm() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no AES-GCM", e);
        }
    }

    /** Seals messages of {@link #MESSAGE_BYTES}, and opens each again if wanted. */
    void seal(byte[] plain, int offset, int length, boolean open) {
        try {
            for (int from = 0; from < length; from += MESSAGE_BYTES) {
                nextNonce();
                int bytes = Math.min(MESSAGE_BYTES, length - from);
                cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
                int sealedBytes = cipher.doFinal(plain, offset + from, bytes, sealed, 0);
                if (open) {
                    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
                    cipher.doFinal(sealed, 0, sealedBytes, opened, 0);
                }
            }
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
