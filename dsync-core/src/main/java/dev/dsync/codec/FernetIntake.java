package dev.dsync.codec;

import dev.dsync.key.MacKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * A Fernet token that comes in piece by piece and is verified at its end. Until {@link #verify} returned, nothing of what
 * it gave out may be used. For one thread.
 */
public final class FernetIntake {

    /** Characters that are decoded at a time: each group of four on its own would take long. */
    private static final int MOST_CHARACTERS = 1 << 16;

    private final Mac mac;
    private final OutputStream binary;
    private final ByteBuffer characters = ByteBuffer.allocate(MOST_CHARACTERS);

    /** The last bytes so far: they may turn out to be the HMAC. */
    private byte[] held = new byte[0];

    private long length;
    private boolean ended;
    private byte version;

    FernetIntake(Mac mac, OutputStream binary) {
        this.mac = mac;
        this.binary = binary;
    }

    /** Takes the token's next characters. */
    public void take(ByteBuffer token) throws IOException {
        ByteBuffer rest = token.duplicate();
        while (rest.hasRemaining()) {
            ByteBuffer piece = rest.slice();
            piece.limit(Math.min(piece.remaining(), characters.remaining()));
            rest.position(rest.position() + piece.remaining());
            characters.put(piece);
            if (!characters.hasRemaining()) {
                decode();
            }
        }
    }

    private void decode() throws IOException {
        if (characters.position() == 0) {
            return;
        }
        if (ended) {
            throw new CorruptChunkException("Fernet token goes on after its end");
        }
        byte[] text = Arrays.copyOf(characters.array(), characters.position());
        characters.clear();
        // What is padded can only be the last of it.
        ended = text[text.length - 1] == '=';
        if (text.length % 4 != 0) {
            throw new CorruptChunkException("Fernet token is cut short: " + text.length + " characters are left over");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new CorruptChunkException("Fernet token is not urlsafe base64", e);
        }
        pass(bytes);
    }

    private void pass(byte[] bytes) throws IOException {
        if (length == 0) {
            version = bytes[0];
        }
        length += bytes.length;
        byte[] all = Arrays.copyOf(held, held.length + bytes.length);
        System.arraycopy(bytes, 0, all, held.length, bytes.length);
        int known = Math.max(0, all.length - MacKey.MAC_BYTES);
        mac.update(all, 0, known);
        binary.write(all, 0, known);
        held = Arrays.copyOfRange(all, known, all.length);
    }

    /**
     * Says that this was all.
     *
     * @throws CorruptChunkException if it is no token under this key
     */
    public void verify() throws IOException {
        decode();
        long encrypted = length - FernetCodec.HEADER_BYTES - MacKey.MAC_BYTES;
        if (encrypted < FernetCodec.BLOCK_BYTES || encrypted % FernetCodec.BLOCK_BYTES != 0) {
            throw new CorruptChunkException(
                    "Fernet token of " + length + " bytes without base64: there is no such length");
        }
        // Nothing is decrypted, and no padding judged, before the whole token is known to be genuine.
        if (!MessageDigest.isEqual(held, mac.doFinal())) {
            throw new CorruptChunkException(
                    "Fernet token of " + length + " bytes does not verify: it is damaged or made with another key");
        }
        if (version != FernetCodec.VERSION) {
            throw new CorruptChunkException(
                    "Fernet version 0x80 wanted, found 0x" + Integer.toHexString(version & 0xff));
        }
    }
}
