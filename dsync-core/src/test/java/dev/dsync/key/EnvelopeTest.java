package dev.dsync.key;

import static dev.dsync.key.Fixtures.ascii;
import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.hex;
import static dev.dsync.key.Fixtures.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    private static final int SALT_AND_COMMITMENT_END = 65;
    private static final byte[] PLAIN = ascii("what lies in the envelope");
    private static final VaultKey KEY = Fixtures.key();

    private final Envelope commits = envelope(KEY, EnvelopeKind.COMMIT);

    /** The bytes were made with Python's cryptography package 48.0.0 from the drawing in {@link Envelope}. */
    @ParameterizedTest
    @CsvSource({"COMMIT, envelope-commit-1.hex", "ROOT, envelope-root-1.hex"})
    void bytesNeverChange(EnvelopeKind kind, String file) throws IOException {
        byte[] golden = hex(resource(file).strip());

        assertThat(envelope(KEY, kind).seal(PLAIN, new CountingRandom())).isEqualTo(golden);
        assertThat(envelope(KEY, kind).open(ByteBuffer.wrap(golden))).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 100_000})
    void opensWhatItSealed(int length) throws EnvelopeException {
        byte[] sealed = commits.seal(counting(5, length), RandomGenerator.getDefault());
        ByteBuffer inTheMiddle = ByteBuffer.allocateDirect(sealed.length + 6)
                .position(3)
                .put(sealed)
                .flip()
                .position(3);

        assertThat(sealed).hasSize(Envelope.sealedLength(length));
        assertThat(commits.open(inTheMiddle.asReadOnlyBuffer())).isEqualTo(counting(5, length));
        assertThat(inTheMiddle.remaining()).as("position stays").isEqualTo(sealed.length);
    }

    @Test
    void isNeverTwiceTheSame() {
        RandomGenerator random = new CountingRandom();

        assertThat(commits.seal(PLAIN, random)).isNotEqualTo(commits.seal(PLAIN, random));
    }

    @Test
    void noFlippedBitGoesUnseen() {
        byte[] sealed = commits.seal(PLAIN, new CountingRandom());
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            int at = bit / Byte.SIZE;
            byte[] flipped = sealed.clone();
            flipped[at] ^= (byte) (1 << bit % Byte.SIZE);
            boolean looksForeign = at > 0 && at < SALT_AND_COMMITMENT_END;
            assertThatExceptionOfType(EnvelopeException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> commits.open(ByteBuffer.wrap(flipped)))
                    .isExactlyInstanceOf(
                            looksForeign ? EnvelopeNotOursException.class : EnvelopeDamagedException.class);
        }
    }

    @Test
    void noMissingOrAddedByteGoesUnseen() {
        byte[] sealed = commits.seal(PLAIN, new CountingRandom());
        for (int length = 0; length < sealed.length; length++) {
            assertDamaged(commits, Arrays.copyOf(sealed, length));
        }
        assertDamaged(commits, Arrays.copyOf(sealed, sealed.length + 1));
    }

    @Test
    void anUnknownVersionSaysSo() {
        byte[] sealed = commits.seal(PLAIN, new CountingRandom());
        sealed[0] = 2;

        assertThatExceptionOfType(EnvelopeDamagedException.class)
                .isThrownBy(() -> commits.open(ByteBuffer.wrap(sealed)))
                .withMessageContaining("version 2")
                .withMessageContaining("newer dsync");
    }

    @Test
    void anotherKeyIsToldFromDamage() {
        byte[] sealed = commits.seal(PLAIN, new CountingRandom());

        assertThatExceptionOfType(EnvelopeNotOursException.class)
                .isThrownBy(
                        () -> envelope(Fixtures.otherKey(), EnvelopeKind.COMMIT).open(ByteBuffer.wrap(sealed)));
        assertThatExceptionOfType(EnvelopeNotOursException.class)
                .isThrownBy(() -> envelope(KEY, EnvelopeKind.ROOT).open(ByteBuffer.wrap(sealed)));
    }

    @Test
    void anotherKindOrVaultUnderTheSameKeyDoesNotOpen() {
        SecretBytes purposeKey = KEY.subkey(Purpose.ENVELOPE_COMMIT);
        byte[] sealed = commits.seal(PLAIN, new CountingRandom());

        assertDamaged(new Envelope(purposeKey, EnvelopeKind.ROOT, KEY.vaultId()), sealed);
        assertDamaged(
                new Envelope(
                        purposeKey, EnvelopeKind.COMMIT, Fixtures.otherKey().vaultId()),
                sealed);
    }

    @Test
    void kindNumbersNeverChange() {
        assertThat(EnvelopeKind.values()).extracting(EnvelopeKind::number).containsExactly((byte) 1, (byte) 2, (byte)
                3);
    }

    private static Envelope envelope(VaultKey key, EnvelopeKind kind) {
        return new Envelope(key.subkey(kind.purpose().orElseThrow()), kind, key.vaultId());
    }

    private static void assertDamaged(Envelope envelope, byte[] sealed) {
        assertThatExceptionOfType(EnvelopeDamagedException.class)
                .isThrownBy(() -> envelope.open(ByteBuffer.wrap(sealed)));
    }
}
