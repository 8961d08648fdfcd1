package dev.dsync.key;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The one way anything outside a pack is sealed: seals and opens small things of one kind for one vault.
 *
 * <pre>
 * offset  size  field
 *      0     1  version, 1
 *      1    32  salt, random, drawn anew each time
 *     33    32  commitment to the key
 *     65     n  what is sealed, encrypted with AES-256-GCM
 * 65 + n    16  tag
 *
 * key | commitment = HKDF-SHA256(input = purpose key, salt, info = "dsync 1 envelope key"), 32 + 32 bytes
 * nonce            = 12 zeros: the key seals nothing else
 * associated data  = kind, 1 byte | vault id, 16 bytes (zeros for a wrapped key)
 * </pre>
 *
 * <p>Opening compares the commitment first: if it differs, the key is not the one that sealed. Safe for use by many
 * threads.
 */
public final class Envelope {

    private static final byte VERSION = 1;
    private static final int SALT_AT = Byte.BYTES;
    private static final int COMMITMENT_AT = SALT_AT + CommittedKey.SALT_BYTES;
    private static final int SEALED_AT = COMMITMENT_AT + CommittedKey.COMMITMENT_BYTES;
    private static final String KEY_INFO = "dsync 1 envelope key";
    private static final byte[] NONCE = new byte[AesGcm.NONCE_BYTES];

    private final SecretBytes purposeKey;
    private final EnvelopeKind kind;
    private final byte[] associated;

    /**
     * Seals and opens {@code kind} for one vault.
     *
     * @param purposeKey the key of the kind's purpose; stays the caller's, who closes it after the last use of this
     */
    public Envelope(SecretBytes purposeKey, EnvelopeKind kind, VaultId vaultId) {
        this.purposeKey = purposeKey;
        this.kind = kind;
        this.associated = ByteBuffer.allocate(Byte.BYTES + VaultId.BYTES)
                .put(kind.number())
                .put(vaultId.toBytes())
                .array();
    }

    /** How long the envelope around {@code plainLength} bytes is, in bytes. */
    public static int sealedLength(int plainLength) {
        return Math.addExact(SEALED_AT + AesGcm.TAG_BYTES, plainLength);
    }

    /** A new envelope around {@code plain}; never twice the same. */
    public byte[] seal(byte[] plain, RandomGenerator random) {
        byte[] salt = new byte[CommittedKey.SALT_BYTES];
        random.nextBytes(salt);
        byte[] sealed = new byte[sealedLength(plain.length)];
        try (CommittedKey key = CommittedKey.derive(purposeKey, salt, KEY_INFO)) {
            ByteBuffer.wrap(sealed).put(VERSION).put(salt).put(key.commitment());
            key.cipher().seal(NONCE, associated, plain, 0, plain.length, sealed, SEALED_AT);
        }
        return sealed;
    }

    /**
     * What lies in the envelope that the buffer's remaining bytes are; its position stays.
     *
     * @throws EnvelopeNotOursException if another key sealed it
     * @throws EnvelopeDamagedException if it is not what was sealed, or of another kind or vault
     */
    public byte[] open(ByteBuffer envelope) throws EnvelopeException {
        byte[] sealed = new byte[envelope.remaining()];
        envelope.duplicate().get(sealed);
        if (sealed.length < sealedLength(0)) {
            throw new EnvelopeDamagedException(
                    name() + " is cut off: has " + sealed.length + " bytes, needs " + sealedLength(0) + " or more");
        }
        if (sealed[0] != VERSION) {
            throw new EnvelopeDamagedException(name() + " has version " + (sealed[0] & 0xff) + ", known is " + VERSION
                    + ": it is damaged, or a newer dsync wrote it");
        }
        byte[] salt = Arrays.copyOfRange(sealed, SALT_AT, COMMITMENT_AT);
        try (CommittedKey key = CommittedKey.derive(purposeKey, salt, KEY_INFO)) {
            if (!key.matches(Arrays.copyOfRange(sealed, COMMITMENT_AT, SEALED_AT))) {
                throw new EnvelopeNotOursException(name() + " was sealed with another key");
            }
            return open(key, sealed);
        }
    }

    private byte[] open(CommittedKey key, byte[] sealed) throws EnvelopeDamagedException {
        byte[] plain = new byte[sealed.length - sealedLength(0)];
        try {
            key.cipher().open(NONCE, associated, sealed, SEALED_AT, sealed.length - SEALED_AT, plain, 0);
            return plain;
        } catch (SealBrokenException e) {
            throw new EnvelopeDamagedException(
                    name() + " is damaged, or was sealed as something else or for another vault", e);
        }
    }

    private String name() {
        return "envelope (" + kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ')';
    }
}
