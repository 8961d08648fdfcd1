package dev.dsync.codec;

import dev.dsync.key.MacKey;
import dev.dsync.key.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A Fernet token (github.com/fernet/spec), the cipher of the classic layout. A token's age is never checked: what was
 * stored long ago is to be restored. What the Java runtime keeps of the key goes with the garbage collector.
 *
 * <pre>
 * token = urlsafe base64, with padding, of
 * offset  size  field
 *      0     1  version, 0x80
 *      1     8  seconds since 1970, big-endian
 *      9    16  initialisation vector, random
 *     25   16n  AES-128-CBC of the plain bytes with PKCS #7 padding
 *     ..    32  HMAC-SHA256 of all before
 * key = 16 bytes for the HMAC | 16 bytes for AES
 * </pre>
 */
public final class FernetCodec implements Codec {

    /** Length of a key. */
    public static final int KEY_BYTES = 32;

    static final byte VERSION = (byte) 0x80;
    static final int BLOCK_BYTES = 16;

    /** Length of what comes before the encrypted bytes. */
    static final int HEADER_BYTES = 1 + Long.BYTES + BLOCK_BYTES;

    private static final int IV_OFFSET = HEADER_BYTES - BLOCK_BYTES;

    private final MacKey signingKey;
    private final SecretKeySpec cipherKey;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** Tokens under a copy of the 32 bytes of {@code key}, which stays the caller's, who may close it right after. */
    public FernetCodec(SecretBytes key, InstantSource clock, RandomGenerator random) {
        if (key.length() != KEY_BYTES) {
            throw new IllegalArgumentException("a Fernet key has " + KEY_BYTES + " bytes, got " + key.length());
        }
        byte[] bytes = key.copy();
        byte[] signing = Arrays.copyOf(bytes, KEY_BYTES / 2);
        try (SecretBytes secret = SecretBytes.of(signing)) {
            this.signingKey = new MacKey(secret);
        }
        this.cipherKey = new SecretKeySpec(bytes, KEY_BYTES / 2, KEY_BYTES / 2, "AES");
        Arrays.fill(signing, (byte) 0);
        Arrays.fill(bytes, (byte) 0);
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CodecId id() {
        return CodecId.FERNET;
    }

    /**
     * Makes one token of content of any length, in little memory: what is written comes out of {@code token} as its
     * characters, and closing writes the end and closes {@code token}.
     */
    public OutputStream sealing(OutputStream token) throws IOException {
        byte[] header = newHeader();
        byte[] iv = Arrays.copyOfRange(header, IV_OFFSET, HEADER_BYTES);
        return new FernetSealing(header, cipher(Cipher.ENCRYPT_MODE, iv), signingKey.begin(), token);
    }

    /**
     * Takes one token of any length, in little memory, and verifies it.
     *
     * @param binary gets the token without base64 and HMAC: to be kept, and used only once the token is verified
     */
    public FernetIntake intake(OutputStream binary) {
        return new FernetIntake(signingKey.begin(), binary);
    }

    /**
     * The plain bytes of a token that was verified.
     *
     * @param binary what {@link #intake} gave out
     */
    public InputStream opening(InputStream binary) throws IOException {
        byte[] header = binary.readNBytes(HEADER_BYTES);
        byte[] iv = Arrays.copyOfRange(header, IV_OFFSET, HEADER_BYTES);
        return new FernetOpening(binary, cipher(Cipher.DECRYPT_MODE, iv));
    }

    private byte[] newHeader() {
        byte[] iv = new byte[BLOCK_BYTES];
        random.nextBytes(iv);
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(VERSION)
                .putLong(clock.instant().getEpochSecond())
                .put(iv)
                .array();
    }

    @Override
    public ByteBuffer encode(ByteBuffer plain) {
        byte[] header = newHeader();
        byte[] iv = Arrays.copyOfRange(header, IV_OFFSET, HEADER_BYTES);
        ByteBuffer token = ByteBuffer.allocate(Math.toIntExact(binaryLength(plain.remaining())));
        token.put(header);
        try {
            cipher(Cipher.ENCRYPT_MODE, iv).doFinal(plain.duplicate(), token);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-CBC cannot fail on plain bytes", e);
        }
        token.put(signingKey.mac(token.duplicate().flip()));
        return ByteBuffer.wrap(Base64.getUrlEncoder().encode(token.array()));
    }

    @Override
    public ByteBuffer decode(ByteBuffer encoded, int plainLength) throws CorruptChunkException {
        byte[] token = fromBase64(encoded, plainLength);
        int signed = token.length - MacKey.MAC_BYTES;
        byte[] mac = Arrays.copyOfRange(token, signed, token.length);
        // Nothing is decrypted, and no padding judged, before the whole token is known to be genuine.
        if (!MessageDigest.isEqual(mac, signingKey.mac(token, 0, signed))) {
            throw new CorruptChunkException("Fernet token of " + encoded.remaining() + " bytes does not verify:"
                    + " it is damaged or made with another key");
        }
        if (token[0] != VERSION) {
            throw new CorruptChunkException(
                    "Fernet version 0x80 wanted, found 0x" + Integer.toHexString(token[0] & 0xff));
        }
        byte[] plain = decrypt(token, signed);
        if (plain.length != plainLength) {
            throw new CorruptChunkException(
                    "Fernet token held " + plain.length + " plain bytes, wanted " + plainLength);
        }
        return ByteBuffer.wrap(plain);
    }

    /** The binary token, if it has just the length that {@code plainLength} plain bytes lead to. */
    private static byte[] fromBase64(ByteBuffer encoded, int plainLength) throws CorruptChunkException {
        long binaryLength = binaryLength(plainLength);
        if (plainLength < 0 || encoded.remaining() != 4 * ((binaryLength + 2) / 3)) {
            throw new CorruptChunkException(
                    "a Fernet token of " + encoded.remaining() + " bytes cannot hold " + plainLength + " plain ones");
        }
        ByteBuffer token;
        try {
            token = Base64.getUrlDecoder().decode(encoded.duplicate());
        } catch (IllegalArgumentException e) {
            throw new CorruptChunkException("Fernet token is not urlsafe base64", e);
        }
        if (token.remaining() != binaryLength) {
            throw new CorruptChunkException(
                    "Fernet token has " + token.remaining() + " bytes without base64, wanted " + binaryLength);
        }
        byte[] bytes = new byte[token.remaining()];
        token.get(bytes);
        return bytes;
    }

    private byte[] decrypt(byte[] token, int signed) throws CorruptChunkException {
        byte[] iv = Arrays.copyOfRange(token, IV_OFFSET, HEADER_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, iv).doFinal(token, HEADER_BYTES, signed - HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new CorruptChunkException("Fernet token verifies but its padding is wrong", e);
        }
    }

    private Cipher cipher(int mode, byte[] iv) {
        try {
            // Named after PKCS #5 in Java, this pads 16 byte blocks as PKCS #7 says.
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, cipherKey, new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES-CBC", e);
        }
    }

    /** Padding is always there: 1 to 16 bytes. */
    private static long binaryLength(int plainLength) {
        long cipherLength = (plainLength / BLOCK_BYTES + 1L) * BLOCK_BYTES;
        return HEADER_BYTES + cipherLength + MacKey.MAC_BYTES;
    }
}
