package dev.dsync.key;

import static dev.dsync.key.Fixtures.counting;
import static dev.dsync.key.Fixtures.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKeyTest {

    /** Made with the HKDF of Python's cryptography package 48.0.0 from the key 00 01 02 … 1f. */
    @ParameterizedTest
    @CsvSource({
        "VAULT_ID, 32375441f51521704289fd45c3bbd11af784f5a0b518bde7fac8dca5727d4478",
        "CHUNK_ID, 0752af5354dde4f8a690aa1b36e274bebf611fc8f9c31dc79165080647d0b0df",
        "PLAIN_CHUNK_ID, 091547c6228b26712f0a05e0995affc879d5c573d41396621e4627e8b1960b16",
        "GEAR, 11ff38226e1e9790be547fb8782dfb80dc34fca99155531eb08d662ed6f78a3c",
        "PACK, b0a3a27b1dcf616f19206bc677ca3d14523d0f0c523e881e3aadbf2443d50c30",
        "PLAIN_PACK, 4024c192ee8741b15d7192737b6f1ac4e7403f856746a52d93b828d98478f6d1",
        "ENVELOPE_COMMIT, e4afd289de870ddaa9f24eacb2ad9facc2d3cb231609303d675d1f9e9f81722f",
        "ENVELOPE_ROOT, 63955dd46c0572875bd8ded418c8b7fb02dd6d1ea4cec35f9c94e1fe28783e3f",
    })
    void derivedKeysNeverChange(Purpose purpose, String digits) {
        try (VaultKey key = Fixtures.key();
                SecretBytes derived = key.subkey(purpose)) {
            assertThat(derived.copy()).isEqualTo(hex(digits));
        }
    }

    @Test
    void vaultIdNeverChanges() {
        assertThat(Fixtures.key().vaultId()).hasToString("32375441f51521704289fd45c3bbd11a");
        assertThat(Fixtures.key().vaultId())
                .isEqualTo(VaultId.of(hex("32375441f51521704289fd45c3bbd11a")))
                .hasSameHashCodeAs(Fixtures.key().vaultId())
                .isNotEqualTo(Fixtures.otherKey().vaultId());
    }

    @Test
    void rawIsTheKeyItself() {
        assertThat(Fixtures.key().raw().copy()).isEqualTo(counting(0, 32));
    }

    @Test
    void derivedKeysOutliveIt() {
        VaultKey key = Fixtures.key();
        SecretBytes derived = key.subkey(Purpose.PACK);
        key.close();

        assertThat(derived.length()).isEqualTo(32);
        assertThatIllegalStateException().isThrownBy(() -> key.subkey(Purpose.PACK));
        assertThatIllegalStateException().isThrownBy(key::raw);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void has32Bytes(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> VaultKey.of(new byte[length]));
    }

    @Test
    void vaultIdHas16Bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> VaultId.of(new byte[15]));
    }
}
