package dev.dsync.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A vault key under a passphrase, as the text that a protected key file holds: eight lines of ASCII, each ended by a
 * line feed, in this order.
 *
 * <pre>
 * dsync wrapped key 1
 * vault V       the vault id, 32 lower-case hexadecimal digits
 * t T           Argon2id: passes, 3 to 20
 * m M           Argon2id: memory in KiB, 65536 to 1048576
 * p P           Argon2id: lanes, 1 to 16
 * salt S        Argon2id: salt, 16 bytes as urlsafe base64
 * envelope E    the 32 bytes of the key in an {@link Envelope}, 113 bytes as urlsafe base64
 * check C       the first 8 bytes of the SHA-256 of all lines above, 16 lower-case hexadecimal digits
 *
 * purpose key of the envelope = Argon2id version 1.3 of the passphrase (NFKC, UTF-8), 32 bytes
 * </pre>
 *
 * <p>The check tells a damaged file from a wrong passphrase; it guards against accidents only.
 */
final class WrappedKey {

    /** What every version of this text starts with, and no plain key does. */
    static final String MAGIC = "dsync wrapped key ";

    /** No file of this kind is longer. */
    static final int MAX_TEXT_BYTES = 4096;

    private static final String FIRST_LINE = MAGIC + "1";
    private static final List<String> NAMES = List.of("vault", "t", "m", "p", "salt", "envelope", "check");
    private static final int SALT_BYTES = 16;
    private static final int CHECK_BYTES = 8;

    private final VaultId vaultId;
    private final PassphraseCost cost;
    private final byte[] salt;
    private final byte[] envelope;

    private WrappedKey(VaultId vaultId, PassphraseCost cost, byte[] salt, byte[] envelope) {
        this.vaultId = vaultId;
        this.cost = cost;
        this.salt = salt;
        this.envelope = envelope;
    }

    /** Puts {@code key} under {@code passphrase}, which stays the caller's to wipe. */
    static WrappedKey wrap(VaultKey key, char[] passphrase, PassphraseCost cost, RandomGenerator random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        try (SecretBytes purposeKey = Argon2id.key(passphrase, salt, cost);
                SecretBytes raw = key.raw()) {
            byte[] plain = raw.copy();
            byte[] envelope = envelope(purposeKey).seal(plain, random);
            Arrays.fill(plain, (byte) 0);
            return new WrappedKey(key.vaultId(), cost, salt, envelope);
        }
    }

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException if it is none, or not within the limits; the message says why
     */
    static WrappedKey parse(String text) {
        List<String> lines = text.lines().toList();
        if (!lines.get(0).equals(FIRST_LINE)) {
            throw new IllegalArgumentException("its version is not known: it is damaged, or a newer dsync wrote it");
        }
        if (lines.size() != 1 + NAMES.size()) {
            throw new IllegalArgumentException("has " + lines.size() + " lines instead of " + (1 + NAMES.size()));
        }
        List<String> values = NAMES.stream()
                .map(name -> value(name, lines.get(1 + NAMES.indexOf(name))))
                .toList();
        if (!values.get(6).equals(check(lines.subList(0, NAMES.size())))) {
            throw new IllegalArgumentException("its lines do not match the check in the last one");
        }
        PassphraseCost cost = new PassphraseCost(number(values, 1), number(values, 2), number(values, 3));
        VaultId vault = vault(values.get(0));
        byte[] salt = bytes(values, 4, SALT_BYTES);
        return new WrappedKey(vault, cost, salt, bytes(values, 5, Envelope.sealedLength(VaultKey.BYTES)));
    }

    /** The text, which {@link #parse} reads. */
    String text() {
        Base64.Encoder base64 = Base64.getUrlEncoder();
        List<String> lines = List.of(
                FIRST_LINE,
                "vault " + vaultId,
                "t " + cost.passes(),
                "m " + cost.memoryKib(),
                "p " + cost.lanes(),
                "salt " + base64.encodeToString(salt),
                "envelope " + base64.encodeToString(envelope));
        return joined(lines) + "check " + check(lines) + '\n';
    }

    VaultId vaultId() {
        return vaultId;
    }

    PassphraseCost cost() {
        return cost;
    }

    /**
     * Takes the key out.
     *
     * @param passphrase stays the caller's to wipe
     * @throws EnvelopeNotOursException if it is not the passphrase it was put under
     * @throws EnvelopeDamagedException if the text was altered
     */
    VaultKey unwrap(char[] passphrase) throws EnvelopeException {
        try (SecretBytes purposeKey = Argon2id.key(passphrase, salt, cost)) {
            byte[] plain = envelope(purposeKey).open(ByteBuffer.wrap(envelope));
            VaultKey key = VaultKey.of(plain);
            Arrays.fill(plain, (byte) 0);
            if (!key.vaultId().equals(vaultId)) {
                key.close();
                throw new EnvelopeDamagedException("the key inside is that of another vault");
            }
            return key;
        }
    }

    private static Envelope envelope(SecretBytes purposeKey) {
        return new Envelope(purposeKey, EnvelopeKind.WRAPPED_KEY, VaultId.NONE);
    }

    private static String value(String name, String line) {
        if (!line.startsWith(name + ' ')) {
            throw new IllegalArgumentException("line " + (2 + NAMES.indexOf(name)) + " does not start with " + name);
        }
        return line.substring(name.length() + 1);
    }

    private static int number(List<String> values, int index) {
        if (!values.get(index).matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(NAMES.get(index) + " is not a number of up to nine digits");
        }
        return Integer.parseInt(values.get(index));
    }

    private static byte[] bytes(List<String> values, int index, int length) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(values.get(index));
            if (bytes.length == length) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below: that the length is wrong or that a character is comes to the same for the reader.
        }
        throw new IllegalArgumentException(NAMES.get(index) + " is not " + length + " bytes as urlsafe base64");
    }

    private static VaultId vault(String digits) {
        if (!digits.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("vault is not 32 hexadecimal digits");
        }
        return VaultId.of(HexFormat.of().parseHex(digits));
    }

    private static String check(List<String> lines) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(joined(lines).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, CHECK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + '\n';
    }
}
