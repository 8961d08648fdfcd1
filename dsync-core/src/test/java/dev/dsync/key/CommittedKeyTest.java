package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class CommittedKeyTest {

    private static final SecretBytes PURPOSE_KEY = SecretBytes.of(counting(0, 32));

    /** Made with the HKDF of Python's cryptography package 48.0.0: bytes 32 to 63. */
    @Test
    void commitmentNeverChanges() {
        assertThat(CommittedKey.derive(PURPOSE_KEY, counting(0, 32), "dsync 1 pack key")
                        .commitment())
                .isEqualTo(hex("6eddb307d759a968e625007230ac4ff324522b19cda68ae3f8fb53412aeb9f99"));
    }

    @Test
    void matchesOnlyTheCommitmentOfTheSameKeySaltAndInfo() {
        byte[] commitment = CommittedKey.derive(PURPOSE_KEY, new byte[32], "a").commitment();

        assertThat(CommittedKey.derive(PURPOSE_KEY, new byte[32], "a").matches(commitment))
                .isTrue();
        assertThat(CommittedKey.derive(PURPOSE_KEY, new byte[32], "b").matches(commitment))
                .isFalse();
        assertThat(CommittedKey.derive(PURPOSE_KEY, counting(0, 32), "a").matches(commitment))
                .isFalse();
        assertThat(CommittedKey.derive(SecretBytes.of(new byte[32]), new byte[32], "a")
                        .matches(commitment))
                .isFalse();
        assertThat(CommittedKey.derive(PURPOSE_KEY, new byte[32], "a").matches(new byte[0]))
                .isFalse();
    }

    @Test
    void itsCiphersOpenWhatEachOtherSealed() throws SealBrokenException {
        CommittedKey key = CommittedKey.derive(PURPOSE_KEY, new byte[32], "a");
        byte[] sealed = new byte[26];
        byte[] opened = new byte[10];
        AesGcm opening = key.cipher();
        key.cipher().seal(new byte[12], new byte[0], counting(0, 10), 0, 10, sealed, 0);
        key.close();
        opening.open(new byte[12], new byte[0], sealed, 0, 26, opened, 0);

        assertThat(opened).isEqualTo(counting(0, 10));
        assertThatIllegalStateException().isThrownBy(key::cipher);
    }

    @Test
    void saltHas32Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> CommittedKey.derive(PURPOSE_KEY, new byte[31], "a"));
    }
}
