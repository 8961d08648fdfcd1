package dev.dsync.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id version 1.3 (RFC 9106): a key from a passphrase, made slow and memory-hungry on purpose. */
final class Argon2id {

    private static final int KEY_BYTES = 32;

    private Argon2id() {}

    /**
     * The 32 byte key of a passphrase. Characters count as what they look like, however they were typed: they are
     * brought to Unicode normal form NFKC and then written as UTF-8.
     *
     * @param passphrase stays the caller's to wipe
     * @throws IllegalArgumentException if the passphrase is no text: half of a surrogate pair is missing
     */
    static SecretBytes key(char[] passphrase, byte[] salt, PassphraseCost cost) {
        byte[] password = utf8(passphrase);
        try {
            Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withIterations(cost.passes())
                    .withMemoryAsKB(cost.memoryKib())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build();
            return SecretBytes.taking(hash(password, parameters, KEY_BYTES));
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    /** {@code length} bytes of Argon2. */
    static byte[] hash(byte[] password, Argon2Parameters parameters, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] hash = new byte[length];
        generator.generateBytes(password, hash);
        return hash;
    }

    private static byte[] utf8(char[] passphrase) {
        CharSequence text = CharBuffer.wrap(passphrase);
        // A normalised copy is a String, which cannot be wiped: made only when it differs, so never for plain ASCII.
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
            text = Normalizer.normalize(text, Normalizer.Form.NFKC);
        }
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        // Room for all: an encoder that grows its buffer leaves copies behind.
        ByteBuffer bytes = ByteBuffer.allocate((int) (text.length() * (double) encoder.maxBytesPerChar()));
        if (encoder.encode(CharBuffer.wrap(text), bytes, true).isError()) {
            throw new IllegalArgumentException("the passphrase is not valid text: it has half of a surrogate pair");
        }
        byte[] exact = Arrays.copyOf(bytes.array(), bytes.position());
        Arrays.fill(bytes.array(), (byte) 0);
        return exact;
    }
}
